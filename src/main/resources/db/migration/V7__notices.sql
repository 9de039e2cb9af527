-- What was last told about each client, and the notices on their way: both outlive a restart and are
-- shared by every instance. Whether a guard stopped a run is entered by the run itself.
alter table reconciler.run add column stopped_by_guard boolean not null default false;

create table reconciler.notice_state (
  client_id uuid primary key,
  condition varchar(10) not null default 'well' check (condition in ('well', 'failing', 'stopped')),
  -- open dead letters that were told of, less those settled since
  dead_letters bigint not null default 0,
  newest_dead_letter timestamptz,
  dead_letters_told_at timestamptz
);

create table reconciler.notice (
  id uuid primary key,
  client_id uuid not null,
  kind varchar(20) not null check (kind in ('failing', 'stopped', 'recovered', 'dead-letters')),
  channel varchar(10) not null check (channel in ('webhook', 'mail')),
  subject text not null,
  text text not null,
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  status varchar(12) not null default 'waiting' check (status in ('waiting', 'sent', 'undelivered')),
  failure text
);
create index notice_waiting on reconciler.notice (next_attempt_at) where status = 'waiting';

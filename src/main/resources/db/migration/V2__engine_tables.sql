-- The engine's own tables. They refer to the portal's rows by value only: a foreign key would add
-- triggers to the portal's tables.
create table reconciler.run (
  id uuid primary key,
  client_id uuid not null,
  base_id varchar(255) not null,
  trigger varchar(20) not null check (trigger in ('schedule', 'api', 'cli', 'ui')),
  requester text not null,
  window_minutes integer not null,
  full_sweep boolean not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome varchar(20) not null check (outcome in ('running', 'succeeded', 'failed', 'interrupted')),
  failure text,
  result jsonb
);
create index run_client_started on reconciler.run (client_id, started_at desc);
create index run_started on reconciler.run (started_at desc);

create table reconciler.watermark (
  client_id uuid primary key,
  -- on Airtable's clock: everything modified before is known to be pulled
  pulled_until timestamptz,
  -- on the database's clock: everything the portal changed before is known to be considered
  pushed_until timestamptz
);

create table reconciler.agreed_value (
  airtable_record_id varchar(255) primary key,
  client_id uuid not null,
  -- by field group, then by column
  agreed jsonb not null,
  -- what is being sent and not yet known to have arrived; same shape
  intent jsonb not null,
  airtable_modified_at timestamptz,
  pending boolean not null
);
create index agreed_value_pending on reconciler.agreed_value (client_id) where pending;

create table reconciler.conflict (
  id uuid primary key,
  client_id uuid not null,
  run_id uuid not null,
  stage varchar(10) not null check (stage in ('pull', 'push')),
  airtable_record_id varchar(255) not null,
  field_group varchar(63) not null,
  policy varchar(20) not null,
  winner varchar(10) not null check (winner in ('airtable', 'portal', 'merged')),
  agreed jsonb,
  airtable jsonb not null,
  portal jsonb not null,
  airtable_modified_at timestamptz not null,
  portal_modified_at timestamptz not null,
  detected_at timestamptz not null default now(),
  status varchar(10) not null default 'open' check (status in ('open', 'applied', 'dismissed')),
  settled_at timestamptz,
  settled_by text
);
create index conflict_client_detected on reconciler.conflict (client_id, detected_at desc);
create index conflict_open on reconciler.conflict (detected_at desc) where status = 'open';

create table reconciler.dead_letter (
  id uuid primary key,
  client_id uuid not null,
  run_id uuid not null,
  stage varchar(10) not null check (stage in ('pull', 'push')),
  airtable_record_id varchar(255) not null,
  -- a column (pull) or a field group (push); empty when the whole record failed
  field varchar(63) not null,
  reason text not null,
  payload jsonb not null,
  attempts integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  next_attempt_at timestamptz not null,
  status varchar(10) not null check (status in ('open', 'discarded', 'closed')),
  closed_at timestamptz
);
create unique index dead_letter_unsettled
  on reconciler.dead_letter (client_id, stage, airtable_record_id, field) where status <> 'closed';
create index dead_letter_record on reconciler.dead_letter (airtable_record_id) where status <> 'closed';

create table reconciler.request_permit (
  base_id varchar(255) not null,
  slot integer not null,
  free_at timestamptz not null,
  primary key (base_id, slot)
);

create table reconciler.request_pause (
  base_id varchar(255) primary key,
  paused_until timestamptz not null
);

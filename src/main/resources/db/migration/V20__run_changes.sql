-- What people look at: what a run changed, record by record, and how far a run has come that any instance does.
create table reconciler.run_change (
  id bigint generated always as identity primary key,
  run_id uuid not null,
  client_id uuid not null,
  -- the mapping's name
  table_name varchar(63) not null,
  airtable_record_id varchar(255) not null,
  -- new, pull, push or gone
  kind varchar(10) not null check (kind in ('new', 'pull', 'push', 'gone')),
  -- by column: from and to; of a new lead nothing
  changes jsonb not null,
  at timestamptz not null default clock_timestamp()
);
create index run_change_run on reconciler.run_change (run_id, id);
create index run_change_record on reconciler.run_change (airtable_record_id, id desc);
-- For their removal: they lie in the order of their times.
create index run_change_at on reconciler.run_change using brin (at);

-- Written once a second by the process that does the run, which reads at the same time whether it is asked to stop.
create table reconciler.run_progress (
  run_id uuid primary key,
  progress jsonb not null default '{}',
  stop_asked_by text,
  at timestamptz not null default clock_timestamp()
);

-- What somebody asked for on a page and looks at while it goes on, by whichever instance: a dry run, a comparison, many
-- entries of a ledger settled together.
create table reconciler.job (
  id uuid primary key,
  kind varchar(20) not null,
  requester text not null,
  -- what was asked for, for a person
  title text not null,
  started_at timestamptz not null default clock_timestamp(),
  -- renewed while it goes on: one whose process died does not go on for ever
  beat_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  done bigint not null default 0,
  total bigint,
  failure text,
  result jsonb
);
create index job_started on reconciler.job (started_at desc);

-- What the pages group and look up.
create index run_outcome_started on reconciler.run (outcome, started_at desc);
create index dead_letter_kind on reconciler.dead_letter (field) where status = 'open';

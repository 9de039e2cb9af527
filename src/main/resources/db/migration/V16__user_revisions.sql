-- How often a command changed a user's password or rights: what was given out before has ended.
create table reconciler.user_revision (
  user_id text primary key,
  revision bigint not null default 1,
  changed_at timestamptz not null default now()
);

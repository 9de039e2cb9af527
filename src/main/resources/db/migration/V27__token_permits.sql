-- The permits of the token, over all its bases and all processes; one slot a row, as those of a base.
create table reconciler.token_permit (
  slot integer primary key,
  free_at timestamptz not null
);

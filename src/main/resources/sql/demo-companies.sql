-- The demo's second table, as init would make it.
create table companies (
  id uuid primary key,
  client_id uuid not null,
  airtable_record_id text not null,
  name text,
  industry text,
  revenue numeric,
  founded date,
  seats integer,
  tags text[],
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (client_id, airtable_record_id)
)

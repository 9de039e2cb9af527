-- What Airtable's metadata said of the mapped tables and their fields, so that requests go by id.
create table reconciler.airtable_table (
  base_id varchar(255) not null,
  -- as the mapping or AIRTABLE_TABLE names it, by name or id
  reference text not null,
  table_id text,
  table_name text not null,
  -- whether the token may read the metadata
  allowed boolean not null,
  asked_at timestamptz not null,
  primary key (base_id, reference)
);

create table reconciler.field (
  base_id varchar(255) not null,
  table_reference text not null,
  -- updated_at stands for the field with the modification time
  column_name varchar(63) not null,
  -- as the mapping names it, by name or id
  reference text not null,
  field_id text,
  field_name text not null,
  field_type text not null,
  computed boolean not null,
  -- on Airtable's clock: what was modified since then was pulled without this field
  missing_since timestamptz,
  primary key (base_id, table_reference, column_name)
);

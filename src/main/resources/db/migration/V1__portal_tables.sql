-- The portal's tables, made only where they are missing; nothing is added to a table that exists.
-- The mapped columns come from the mapping, which is their only list.
create table if not exists ${portal_schema}.clients (
  id uuid primary key,
  company_name varchar(255) not null,
  email varchar(255) not null,
  airtable_base_id varchar(255) not null unique,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

do $body$
begin
  if to_regclass('${portal_schema}.leads') is null then
    create table ${portal_schema}.leads (
      id uuid primary key,
      client_id uuid not null,
      campaign_id uuid,
      airtable_record_id varchar(255) not null,
      ${mapped_columns},
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create unique index idx_leads_airtable_record on ${portal_schema}.leads (airtable_record_id);
    create index idx_leads_updated_at on ${portal_schema}.leads (updated_at);
    create index idx_leads_client_id on ${portal_schema}.leads (client_id);
  end if;
end
$body$;

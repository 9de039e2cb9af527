-- The engine's tables carry the table that an entry is about, by the name of its mapping; all there was is about leads.
-- A record id names a row only together with its client and table: Airtable does not promise more.
alter table reconciler.watermark add column table_name text not null default 'leads';
alter table reconciler.watermark drop constraint watermark_pkey;
alter table reconciler.watermark add primary key (client_id, table_name);

alter table reconciler.agreed_value add column table_name text not null default 'leads';
-- Of a table that has no column of its own for it: whether the record is gone from Airtable.
alter table reconciler.agreed_value add column gone boolean not null default false;
alter table reconciler.agreed_value drop constraint agreed_value_pkey;
alter table reconciler.agreed_value add primary key (client_id, table_name, airtable_record_id);
drop index reconciler.agreed_value_pending;
create index agreed_value_pending
  on reconciler.agreed_value (client_id, table_name, airtable_record_id) where pending;

alter table reconciler.conflict add column table_name text not null default 'leads';

alter table reconciler.dead_letter add column table_name text not null default 'leads';
drop index reconciler.dead_letter_unsettled;
create unique index dead_letter_unsettled
  on reconciler.dead_letter (client_id, table_name, stage, airtable_record_id, field)
  where status <> 'closed';

alter table reconciler.left_record add column table_name text not null default 'leads';
alter table reconciler.left_record drop constraint left_record_pkey;
alter table reconciler.left_record add primary key (client_id, table_name, airtable_record_id);

-- Records that a run could not apply because somebody's transaction held their leads: the next run
-- reads them again.
create table reconciler.left_record (
  client_id uuid not null,
  airtable_record_id varchar(255) not null,
  since timestamptz not null default now(),
  primary key (client_id, airtable_record_id)
);

-- Leads without a record were once taken for records of this name.
update reconciler.dead_letter
set status = 'closed', closed_at = now(), settled_by = 'the lead is not linked to a record'
where airtable_record_id = 'null' and status <> 'closed';

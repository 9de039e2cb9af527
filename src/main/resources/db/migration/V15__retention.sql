-- For the removal of what was settled long ago, and of one record's entries.
create index conflict_settled on reconciler.conflict (settled_at) where status <> 'open';
create index conflict_record on reconciler.conflict (airtable_record_id);
create index dead_letter_closed on reconciler.dead_letter (closed_at) where status = 'closed';

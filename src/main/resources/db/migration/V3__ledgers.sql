-- What the commands on the ledgers need: who settled a dead letter, the order of its list, and
-- times as every result shows them.
alter table reconciler.dead_letter add column settled_by text;
create index dead_letter_last on reconciler.dead_letter (last_at desc, id desc);
create index dead_letter_open on reconciler.dead_letter (last_at desc, id desc) where status = 'open';
create index conflict_detected on reconciler.conflict (detected_at desc, id desc);

create function reconciler.iso_time(at timestamptz) returns text
language sql stable
as $body$
  select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$body$;

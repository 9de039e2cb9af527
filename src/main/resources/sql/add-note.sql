-- Adds a line to the notes of a lead whose record exists. None: the user sees no such lead.
with target as (
  select l.* from leads l
  where l.id = :id and (:all or l.client_id = cast(:client as uuid))
  for update),
noted as (
  update leads l
  set notes = concat_ws(chr(10), nullif(t.notes, ''), cast(:entry as text)), updated_at = now()
  from target t where l.id = t.id and t.is_active
  returning l.*)
select cast(to_jsonb(n) as text) from noted n
union all
select cast(to_jsonb(t) as text) from target t where t.is_active is not true

-- Settles these conflicts as they stand, as far as they are open.
update reconciler.conflict
set status = 'dismissed', settled_at = now(), settled_by = :by
where status = 'open'
  and id in (select cast(jsonb_array_elements_text(cast(:ids as jsonb)) as uuid))
returning id

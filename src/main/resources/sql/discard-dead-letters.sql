-- Gives these dead letters up, as far as they are open.
update reconciler.dead_letter
set status = 'discarded', settled_by = :by
where status = 'open'
  and id in (select cast(jsonb_array_elements_text(cast(:ids as jsonb)) as uuid))
returning id

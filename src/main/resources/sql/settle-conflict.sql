-- Settles an open conflict; one that was settled at once, because nothing was lost, can be applied.
update reconciler.conflict
set status = :status, settled_at = now(), settled_by = :by
where id = :id and (status = 'open' or (status = 'settled' and :status = 'applied'))

-- Settles an open conflict.
update reconciler.conflict
set status = :status, settled_at = now(), settled_by = :by
where id = :id and status = 'open'

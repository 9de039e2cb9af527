-- Another attempt that met the same failure and left no other trace.
update reconciler.dead_letter
set attempts = attempts + 1, last_at = now()
where id = :id and status <> 'closed'

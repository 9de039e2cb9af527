-- Gives an open dead letter up: it is not tried again until a value changes.
update reconciler.dead_letter
set status = 'discarded', settled_by = :by
where id = :id and status = 'open'

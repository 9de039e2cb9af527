-- Enters runs as interrupted that did not end in time when they had to.
update reconciler.run
set outcome = 'interrupted', ended_at = now(),
  failure = :why
where id = any (cast(:ids as uuid[])) and outcome = 'running'

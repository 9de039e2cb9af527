-- Enters runs as interrupted that did not end in time when the process had to.
update reconciler.run
set outcome = 'interrupted', ended_at = now(),
  failure = 'the process was asked to end, and the run did not end in time'
where id = any (cast(:ids as uuid[])) and outcome = 'running'

-- What is open in both ledgers, for the navigation.
select (select count(*) from reconciler.conflict where status = 'open') as conflicts,
  (select count(*) from reconciler.dead_letter where status = 'open') as dead_letters

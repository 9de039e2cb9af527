-- What the ledgers hold, for a person.
select (select count(*) from leads) || ' leads, '
  || (select count(*) from reconciler.agreed_value where pending) || ' with a change on its way, '
  || (select count(*) from reconciler.conflict) || ' conflicts in the ledger, '
  || (select count(*) from reconciler.dead_letter where status = 'open') || ' dead letters'

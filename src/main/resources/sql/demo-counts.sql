-- What the ledgers hold, for a person.
select string_agg(to_char(n, 'FM999,999,990') || ' ' || case n when 1 then one else many end, ', ' order by place)
from (values
  (1, (select count(*) from leads), 'lead', 'leads'),
  (2, (select count(*) from reconciler.agreed_value where pending), 'with a change on its way', 'with a change on its way'),
  (3, (select count(*) from reconciler.conflict), 'conflict in the ledger', 'conflicts in the ledger'),
  (4, (select count(*) from reconciler.dead_letter where status = 'open'), 'dead letter', 'dead letters')) c (place, n, one, many)

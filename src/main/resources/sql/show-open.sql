-- What is on its way and open, table by table.
select client_id, table_name, sum(pending) as pending, sum(letters) as letters, sum(conflicts) as conflicts
from (
  select client_id, table_name, count(*) as pending, 0 as letters, 0 as conflicts
  from reconciler.agreed_value where pending group by client_id, table_name
  union all
  select client_id, table_name, 0, count(*), 0
  from reconciler.dead_letter where status = 'open' group by client_id, table_name
  union all
  select client_id, table_name, 0, 0, count(*)
  from reconciler.conflict where status = 'open' group by client_id, table_name) each
group by client_id, table_name

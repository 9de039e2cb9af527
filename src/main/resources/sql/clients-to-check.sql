-- Every client's base, and whether it is reconciled.
select coalesce(airtable_base_id, '') as base_id, coalesce(company_name, '') as name,
  coalesce(is_active, false) as active
from clients
order by airtable_base_id

-- The clients of this database, by the ids that the engine's rows have.
select cast(id as text) as id, coalesce(airtable_base_id, '') as base_id
from clients

-- The client that a page names, by its base or its id.
select c.id from clients c where c.airtable_base_id = :client or cast(c.id as text) = lower(:client)

-- The client that owns a base.
select id from clients where airtable_base_id = :base

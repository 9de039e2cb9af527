-- Makes a client active or inactive.
update clients set is_active = :active where airtable_base_id = :base

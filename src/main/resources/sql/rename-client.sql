-- Another name for a client.
update clients set company_name = :name where airtable_base_id = :base

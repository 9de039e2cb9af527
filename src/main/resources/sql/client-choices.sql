-- The clients, for choices.
select airtable_base_id as base_id, company_name as name from clients order by company_name, airtable_base_id limit 200

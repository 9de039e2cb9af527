-- The first client, when there is none: the base that the environment names.
insert into clients (id, company_name, email, airtable_base_id, is_active)
select :id, 'First client', '', :base, true
where not exists (select from clients)

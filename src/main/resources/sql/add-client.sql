-- A new client.
insert into clients (id, company_name, email, airtable_base_id, is_active)
values (:id, :name, :email, :base, true)
on conflict (airtable_base_id) do nothing

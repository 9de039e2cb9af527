-- A new active user; none when the address is taken.
insert into ${users} (id, email, password_hash, role, client_id, is_active)
select :id, :email, :hash, :role, cast(:client as uuid), true
where not exists (select 1 from ${users} u where lower(u.email) = lower(:email))

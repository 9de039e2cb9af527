-- How many administrators can sign in.
select count(*) from ${users} where role = 'SUPER_ADMIN' and is_active

-- The user who signs in with this address, however it is capitalised.
select cast(to_jsonb(u) as text) from users u
where lower(u.email) = lower(:email)
order by u.email = :email desc, u.id
limit 1

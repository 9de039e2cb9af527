-- Lets a user in or keeps one out; ends what was given out before.
with "@changed" as (
  update ${users} u set is_active = :active
  where u.id = (select w.id from ${users} w where lower(w.email) = lower(:email)
    order by w.email = :email desc, w.id limit 1)
  returning u.id)
insert into reconciler.user_revision (user_id)
select cast(id as text) from "@changed"
on conflict (user_id) do update set revision = user_revision.revision + 1, changed_at = now()

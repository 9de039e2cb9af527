-- The work that the slowest of the passwords takes to check, as bcrypt counts it.
select coalesce(max(cast(substring(password_hash from 5 for 2) as integer)), 0)
from ${users} where password_hash ~ '^\$2[abxy]\$[0-9]{2}\$'

-- What was last told about each active client; a client that another instance looks at is left to it.
select s.client_id, s.condition, s.dead_letters, s.newest_dead_letter, s.dead_letters_told_at
from reconciler.notice_state s
join clients c on c.id = s.client_id and c.is_active
order by s.client_id
for update of s skip locked

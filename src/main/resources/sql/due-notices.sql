-- Notices to send now, the oldest first; a heap of them is spread over several ticks.
select id from reconciler.notice
where status = 'waiting' and next_attempt_at <= now()
order by created_at, id
limit 20

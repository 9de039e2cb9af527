-- The id under which a field was last there, kept while it is gone too: what is agreed on is about that field. Of one
-- that is gone now nobody knows it any more: whatever comes in its place is another one.
alter table reconciler.field add column last_id text;
update reconciler.field set last_id = coalesce(field_id, case when missing_since is not null then '' end);

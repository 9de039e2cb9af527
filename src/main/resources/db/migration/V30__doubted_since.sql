-- On Airtable's clock: what was agreed on came from a backup, which says nothing of edits since then. Nothing
-- once a run has brought in what was modified since.
alter table reconciler.watermark add column doubted_since timestamptz;

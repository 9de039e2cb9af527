-- For which base a client's watermarks, and with them all that was agreed on, stand; null until the next run learns it.
alter table reconciler.watermark add column base_id varchar(255);

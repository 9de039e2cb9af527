-- Whether any run has succeeded here; what is known of each table stays when the entries of its runs are removed.
select exists (select from reconciler.run where outcome = 'succeeded')
  or exists (select from reconciler.watermark)

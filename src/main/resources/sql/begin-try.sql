-- What is written from here on is taken back.
savepoint try_leads

-- Takes back what was tried: the leads stay as they are.
rollback to savepoint try_leads

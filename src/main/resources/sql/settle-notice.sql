-- What became of an attempt at a notice.
update reconciler.notice set status = :status, failure = :failure where id = :id

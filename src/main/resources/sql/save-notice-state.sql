-- What has now been told about a client.
update reconciler.notice_state
set condition = :condition, dead_letters = :deadLetters,
  newest_dead_letter = cast(:newest as timestamptz), dead_letters_told_at = cast(:toldAt as timestamptz)
where client_id = :client

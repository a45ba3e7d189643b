-- What was before is not known: nobody goes for it.
update customer set last_seen_at = current_timestamp;

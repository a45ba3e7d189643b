-- What was before is not known: nobody goes for it.
update customer set last_seen_at = strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now');

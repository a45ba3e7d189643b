-- A return's steps are append-only, whoever connects.
do $$
begin
    -- By its whole name: a function of a session's own schema is found by no other.
    execute format('create trigger order_return_event_append_only before update or delete on order_return_event
        for each row execute function %I.refuse_change()', current_schema());
end
$$;

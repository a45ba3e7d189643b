-- What was declared never changes and never goes, whoever connects; only who declared it, and in which words, is forgotten.
create function refuse_withdrawal_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.id = old.id and new.number = old.number and new.order_number = old.order_number
        and new.statement_sha256 = old.statement_sha256 and new.whole_order = old.whole_order
        and new.received_at = old.received_at and new.created_by = old.created_by and new.locale = old.locale
        and (old.order_id is null or new.order_id is not distinct from old.order_id)
        and (new.name = old.name or new.name = '') and (new.email = old.email or new.email = '')
        and (new.statement = old.statement or new.statement = '')
        and (new.details is null or new.details is not distinct from old.details) then
        return new;
    end if;
    raise exception 'what was declared never changes';
end
$$;
do $$
begin
    -- By its whole name: a function of a session's own schema is found by no other.
    execute format('create trigger withdrawal_not_changed before update or delete on withdrawal
        for each row execute function %I.refuse_withdrawal_change()', current_schema());
    execute format('create trigger withdrawal_line_append_only before update or delete on withdrawal_line
        for each row execute function %I.refuse_change()', current_schema());
    execute format('create trigger withdrawal_event_append_only before update or delete on withdrawal_event
        for each row execute function %I.refuse_change()', current_schema());
end
$$;

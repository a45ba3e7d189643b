-- The payment ledger is append-only, whoever connects.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name;
end
$$;
do $$
begin
    -- By its whole name: a function of a session's own schema is found by no other.
    execute format('create trigger payment_entry_append_only before update or delete on payment_entry
        for each row execute function %I.refuse_change()', current_schema());
end
$$;

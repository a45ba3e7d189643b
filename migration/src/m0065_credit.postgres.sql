-- The ledger of credit is append-only, whoever connects.
do $$
begin
    -- By its whole name: a function of a session's own schema is found by no other.
    execute format('create trigger credit_entry_append_only before update or delete on credit_entry
        for each row execute function %I.refuse_change()', current_schema());
end
$$;

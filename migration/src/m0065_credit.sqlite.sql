-- The ledger of credit is append-only, whoever connects.
create trigger credit_entry_not_updated before update on credit_entry
begin
    select raise(abort, 'credit_entry is append-only');
end;
create trigger credit_entry_not_deleted before delete on credit_entry
begin
    select raise(abort, 'credit_entry is append-only');
end;

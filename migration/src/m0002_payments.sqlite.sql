-- The payment ledger is append-only, whoever connects.
create trigger payment_entry_not_updated before update on payment_entry
begin
    select raise(abort, 'payment_entry is append-only');
end;
create trigger payment_entry_not_deleted before delete on payment_entry
begin
    select raise(abort, 'payment_entry is append-only');
end;

-- What was declared never changes and never goes, whoever connects; only who declared it, and in which words, is forgotten.
create trigger withdrawal_not_changed before update on withdrawal
when old.id is not new.id or old.number is not new.number or old.order_number is not new.order_number
    or old.statement_sha256 is not new.statement_sha256 or old.whole_order is not new.whole_order
    or old.received_at is not new.received_at or old.created_by is not new.created_by or old.locale is not new.locale
    or (old.order_id is not null and old.order_id is not new.order_id)
    or (old.name is not new.name and new.name <> '') or (old.email is not new.email and new.email <> '')
    or (old.statement is not new.statement and new.statement <> '')
    or (old.details is not new.details and new.details is not null)
begin
    select raise(abort, 'what was declared never changes');
end;
create trigger withdrawal_not_deleted before delete on withdrawal
begin
    select raise(abort, 'a withdrawal is never deleted');
end;
create trigger withdrawal_line_not_updated before update on withdrawal_line
begin
    select raise(abort, 'withdrawal_line is append-only');
end;
create trigger withdrawal_line_not_deleted before delete on withdrawal_line
begin
    select raise(abort, 'withdrawal_line is append-only');
end;
create trigger withdrawal_event_not_updated before update on withdrawal_event
begin
    select raise(abort, 'withdrawal_event is append-only');
end;
create trigger withdrawal_event_not_deleted before delete on withdrawal_event
begin
    select raise(abort, 'withdrawal_event is append-only');
end;

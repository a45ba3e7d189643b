-- A return's steps are append-only, whoever connects.
create trigger order_return_event_not_updated before update on order_return_event
begin
    select raise(abort, 'order_return_event is append-only');
end;
create trigger order_return_event_not_deleted before delete on order_return_event
begin
    select raise(abort, 'order_return_event is append-only');
end;

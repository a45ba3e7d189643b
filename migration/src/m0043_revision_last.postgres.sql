-- The revision is renewed when a transaction commits, and not when it changes something. Who held it and then waited for a
-- row of whoever waited for it had a deadlock: with eight members of staff at work at once, every fifth change was refused.
-- Once for a transaction is enough: a row that it has renewed is of its own making.
create or replace function renew_checkout_revision() returns trigger language plpgsql as $$
begin
    update checkout_revision set revision = gen_random_uuid()::text where xmin <> pg_current_xact_id()::xid;
    return null;
end $$;

drop trigger shipping_zone_changed_for_checkout on shipping_zone;
drop trigger shipping_method_changed_for_checkout on shipping_method;
drop trigger location_changed_for_checkout on location;
drop trigger tax_rate_changed_for_checkout on tax_rate;
drop trigger page_changed_for_checkout on page;
drop trigger page_version_changed_for_checkout on page_version;

create constraint trigger shipping_zone_changed_for_checkout after insert or update or delete on shipping_zone
    deferrable initially deferred for each row execute function renew_checkout_revision();
create constraint trigger shipping_method_changed_for_checkout after insert or update or delete on shipping_method
    deferrable initially deferred for each row execute function renew_checkout_revision();
create constraint trigger location_changed_for_checkout after insert or update or delete on location
    deferrable initially deferred for each row execute function renew_checkout_revision();
create constraint trigger tax_rate_changed_for_checkout after insert or update or delete on tax_rate
    deferrable initially deferred for each row execute function renew_checkout_revision();
create constraint trigger page_changed_for_checkout after insert or update or delete on page
    deferrable initially deferred for each row execute function renew_checkout_revision();
create constraint trigger page_version_changed_for_checkout after insert or update or delete on page_version
    deferrable initially deferred for each row execute function renew_checkout_revision();

create trigger shipping_zone_truncated_for_checkout after truncate on shipping_zone
    for each statement execute function renew_checkout_revision();
create trigger shipping_method_truncated_for_checkout after truncate on shipping_method
    for each statement execute function renew_checkout_revision();
create trigger location_truncated_for_checkout after truncate on location
    for each statement execute function renew_checkout_revision();
create trigger tax_rate_truncated_for_checkout after truncate on tax_rate
    for each statement execute function renew_checkout_revision();
create trigger page_truncated_for_checkout after truncate on page
    for each statement execute function renew_checkout_revision();
create trigger page_version_truncated_for_checkout after truncate on page_version
    for each statement execute function renew_checkout_revision();

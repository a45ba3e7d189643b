insert into checkout_revision (id, revision) values (1, gen_random_uuid()::text);

-- Those who change any of it at once wait here for each other, until the first commits. Nobody else does: readers see the
-- revision of before.
create function renew_checkout_revision() returns trigger language plpgsql as $$
begin
    update checkout_revision set revision = gen_random_uuid()::text;
    return null;
end $$;

create trigger shipping_zone_changed_for_checkout after insert or update or delete or truncate on shipping_zone
    for each statement execute function renew_checkout_revision();
create trigger shipping_method_changed_for_checkout after insert or update or delete or truncate on shipping_method
    for each statement execute function renew_checkout_revision();
create trigger location_changed_for_checkout after insert or update or delete or truncate on location
    for each statement execute function renew_checkout_revision();
create trigger tax_rate_changed_for_checkout after insert or update or delete or truncate on tax_rate
    for each statement execute function renew_checkout_revision();
create trigger page_changed_for_checkout after insert or update or delete or truncate on page
    for each statement execute function renew_checkout_revision();
create trigger page_version_changed_for_checkout after insert or update or delete or truncate on page_version
    for each statement execute function renew_checkout_revision();

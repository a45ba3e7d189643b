-- Since when they hold nobody has written down: from now on somebody does.
insert into price_history (variant_id, currency, since, amount_minor, compare_at_minor, fixed)
select variant_id, currency, strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'), amount_minor, compare_at_minor, fixed from price;

drop trigger product_listing_updated_publicly;
create trigger product_listing_updated_publicly after update on product_listing when old.product_id is not new.product_id
    or old.currency is not new.currency or old.price_min_minor is not new.price_min_minor
    or old.price_max_minor is not new.price_max_minor or old.compare_at_max_minor is not new.compare_at_max_minor
    or old.lowest_minor is not new.lowest_minor or old.in_stock is not new.in_stock begin
    insert into public_change_note values ('product_listing', new.product_id, null);
end;

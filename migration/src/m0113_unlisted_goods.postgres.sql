create function catalog_price_added() returns trigger language plpgsql as $$
begin
    insert into catalog_unlisted (catalog_id, noted)
        select distinct p.catalog_id, 1 from added p join variant v on v.id = p.variant_id
        where p.from_quantity = 1 and not exists
            (select 1 from product_listing l where l.product_id = v.product_id and l.currency = p.currency)
        order by 1
        on conflict (catalog_id) do update set noted = catalog_unlisted.noted + 1;
    return null;
end $$;
create trigger catalog_price_added after insert on catalog_price
    referencing new table as added for each statement execute function catalog_price_added();

create function product_listing_lost() returns trigger language plpgsql as $$
begin
    insert into catalog_unlisted (catalog_id, noted)
        select distinct p.catalog_id, 1 from removed l join variant v on v.product_id = l.product_id
        join catalog_price p on p.variant_id = v.id and p.currency = l.currency and p.from_quantity = 1
        order by 1
        on conflict (catalog_id) do update set noted = catalog_unlisted.noted + 1;
    return null;
end $$;
create trigger product_listing_lost after delete on product_listing
    referencing old table as removed for each statement execute function product_listing_lost();

-- Behind the triggers, so that no price slips in between.
insert into catalog_unlisted (catalog_id, noted)
    select distinct p.catalog_id, 1 from catalog_price p join variant v on v.id = p.variant_id
    where p.from_quantity = 1 and not exists
        (select 1 from product_listing l where l.product_id = v.product_id and l.currency = p.currency);

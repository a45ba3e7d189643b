create trigger catalog_price_added after insert on catalog_price when new.from_quantity = 1
begin
    insert into catalog_unlisted (catalog_id, noted)
        select new.catalog_id, 1 from variant v
        where v.id = new.variant_id and not exists
            (select 1 from product_listing l where l.product_id = v.product_id and l.currency = new.currency)
        on conflict (catalog_id) do update set noted = noted + 1;
end;

create trigger product_listing_lost after delete on product_listing
begin
    insert into catalog_unlisted (catalog_id, noted)
        select distinct p.catalog_id, 1 from variant v
        join catalog_price p on p.variant_id = v.id and p.currency = old.currency and p.from_quantity = 1
        where v.product_id = old.product_id
        on conflict (catalog_id) do update set noted = noted + 1;
end;

-- Behind the triggers, so that no price slips in between.
insert into catalog_unlisted (catalog_id, noted)
    select distinct p.catalog_id, 1 from catalog_price p join variant v on v.id = p.variant_id
    where p.from_quantity = 1 and not exists
        (select 1 from product_listing l where l.product_id = v.product_id and l.currency = p.currency);

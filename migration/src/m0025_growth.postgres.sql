-- Each change adds rows and changes none, so that nobody waits for a count. They are put together now and then.
create function product_listing_added() returns trigger language plpgsql as $$
begin
    insert into product_count (currency, category_id, in_stock, products)
        select l.currency, p.category_id, l.in_stock, count(*)
        from added l join product p on p.id = l.product_id
        where p.status = 'ACTIVE' group by l.currency, p.category_id, l.in_stock;
    return null;
end $$;
create trigger product_listing_added after insert on product_listing
    referencing new table as added for each statement execute function product_listing_added();

create function product_listing_removed() returns trigger language plpgsql as $$
begin
    insert into product_count (currency, category_id, in_stock, products)
        select l.currency, p.category_id, l.in_stock, -count(*)
        from removed l join product p on p.id = l.product_id
        where p.status = 'ACTIVE' group by l.currency, p.category_id, l.in_stock;
    return null;
end $$;
create trigger product_listing_removed after delete on product_listing
    referencing old table as removed for each statement execute function product_listing_removed();

create function product_listing_stocked() returns trigger language plpgsql as $$
begin
    insert into product_count (currency, category_id, in_stock, products)
        select new.currency, p.category_id, change.in_stock, change.products
        from product p, (values (old.in_stock, -1), (new.in_stock, 1)) as change (in_stock, products)
        where p.id = new.product_id and p.status = 'ACTIVE';
    return null;
end $$;
create trigger product_listing_stocked after update of in_stock on product_listing
    for each row when (old.in_stock is distinct from new.in_stock) execute function product_listing_stocked();

-- The listing rows are locked, so that whoever sells the last unit of them at this moment is counted before or after.
create function product_filed() returns trigger language plpgsql as $$
declare
    l record;
begin
    for l in select currency, in_stock from product_listing where product_id = new.id for no key update loop
        if old.status = 'ACTIVE' then
            insert into product_count (currency, category_id, in_stock, products)
                values (l.currency, old.category_id, l.in_stock, -1);
        end if;
        if new.status = 'ACTIVE' then
            insert into product_count (currency, category_id, in_stock, products)
                values (l.currency, new.category_id, l.in_stock, 1);
        end if;
    end loop;
    return null;
end $$;
create trigger product_filed after update of status, category_id on product
    for each row when (old.status is distinct from new.status or old.category_id is distinct from new.category_id)
    execute function product_filed();

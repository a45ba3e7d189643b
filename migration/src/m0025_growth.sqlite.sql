-- There is one writer, so that each kind has one row, which is changed where it stands.
create unique index product_count_once on product_count (currency, coalesce(category_id, ''), in_stock);

create trigger product_listing_added after insert on product_listing
begin
    insert into product_count (currency, category_id, in_stock, products)
        select new.currency, p.category_id, new.in_stock, 1 from product p
        where p.id = new.product_id and p.status = 'ACTIVE'
        on conflict (currency, coalesce(category_id, ''), in_stock) do update set products = products + 1;
end;

create trigger product_listing_removed after delete on product_listing
begin
    insert into product_count (currency, category_id, in_stock, products)
        select old.currency, p.category_id, old.in_stock, -1 from product p
        where p.id = old.product_id and p.status = 'ACTIVE'
        on conflict (currency, coalesce(category_id, ''), in_stock) do update set products = products - 1;
end;

create trigger product_listing_stocked after update of in_stock on product_listing when old.in_stock is not new.in_stock
begin
    insert into product_count (currency, category_id, in_stock, products)
        select new.currency, p.category_id, old.in_stock, -1 from product p
        where p.id = new.product_id and p.status = 'ACTIVE'
        on conflict (currency, coalesce(category_id, ''), in_stock) do update set products = products - 1;
    insert into product_count (currency, category_id, in_stock, products)
        select new.currency, p.category_id, new.in_stock, 1 from product p
        where p.id = new.product_id and p.status = 'ACTIVE'
        on conflict (currency, coalesce(category_id, ''), in_stock) do update set products = products + 1;
end;

create trigger product_filed after update of status, category_id on product
    when old.status is not new.status or old.category_id is not new.category_id
begin
    insert into product_count (currency, category_id, in_stock, products)
        select l.currency, old.category_id, l.in_stock, -1 from product_listing l
        where l.product_id = new.id and old.status = 'ACTIVE'
        on conflict (currency, coalesce(category_id, ''), in_stock) do update set products = products - 1;
    insert into product_count (currency, category_id, in_stock, products)
        select l.currency, new.category_id, l.in_stock, 1 from product_listing l
        where l.product_id = new.id and new.status = 'ACTIVE'
        on conflict (currency, coalesce(category_id, ''), in_stock) do update set products = products + 1;
end;

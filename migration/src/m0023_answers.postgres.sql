-- What shoppers may have seen and has changed since. A row has its transaction: transactions become visible in another
-- order than that in which they began, so that whoever reads asks by snapshot and not by number. Rows are written by
-- triggers, so that no statement, whoever runs it, goes unnoticed; many things that one statement changes are one row, of
-- all (the nil id). They are needed for seconds, and deleted after half an hour.
create table public_change (
    source text not null,
    product_id uuid not null,
    variant_id uuid not null,
    xact xid8 not null default pg_current_xact_id(),
    changed_at timestamptz not null default clock_timestamp()
);
create index public_change_xact on public_change (xact);
create index public_change_changed_at on public_change (changed_at);

create function note_public_change(what text) returns void language sql as $$
    insert into public_change (source, product_id, variant_id)
    values (what, '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000')
$$;

-- Whose rows are nobody's in particular.
create function public_thing_changed() returns trigger language plpgsql as $$
begin
    if exists (select 1 from changed) then
        perform note_public_change(tg_table_name);
    end if;
    return null;
end $$;

create function public_table_emptied() returns trigger language plpgsql as $$
begin
    perform note_public_change(tg_table_name);
    return null;
end $$;

-- Those of these products and variants, or all where they are many.
create function note_public_changes(what text, products uuid[], variants uuid[]) returns void language plpgsql as $$
begin
    if cardinality(products) > 500 then
        perform note_public_change(what);
    else
        insert into public_change (source, product_id, variant_id)
        select distinct what, coalesce(p, '00000000-0000-0000-0000-000000000000'),
            coalesce(v, '00000000-0000-0000-0000-000000000000')
        from unnest(products, variants) as changed (p, v);
    end if;
end $$;

-- Its argument is the column of the product.
create function public_product_changed() returns trigger language plpgsql as $$
declare products uuid[];
begin
    execute format('select array_agg(distinct %I) from changed', tg_argv[0]) into products;
    if products is not null then
        perform note_public_changes(tg_table_name, products, null);
    end if;
    return null;
end $$;

-- Its arguments are the columns of the product and of the variant.
create function public_part_changed() returns trigger language plpgsql as $$
declare products uuid[]; variants uuid[];
begin
    execute format('select array_agg(%I), array_agg(%I) from (select distinct %I, %I from changed) as once',
        tg_argv[0], tg_argv[1], tg_argv[0], tg_argv[1]) into products, variants;
    if products is not null then
        perform note_public_changes(tg_table_name, products, variants);
    end if;
    return null;
end $$;

create function public_variant_changed() returns trigger language plpgsql as $$
declare products uuid[]; variants uuid[];
begin
    select array_agg(v.product_id), array_agg(c.variant_id) into products, variants
    from (select distinct variant_id from changed) as c left join variant v on v.id = c.variant_id;
    if variants is not null then
        perform note_public_changes(tg_table_name, products, variants);
    end if;
    return null;
end $$;

-- Of stock only what is free is seen: an order that is confirmed takes what was reserved for it, and changes nothing.
create function public_stock_changed() returns trigger language plpgsql as $$
begin
    insert into public_change (source, product_id, variant_id)
    select distinct 'stock', v.product_id, v.id
    from changed c join variant v on v.id = c.variant_id
    where not exists (select 1 from former f where f.variant_id = c.variant_id and f.location_id = c.location_id
        and f.on_hand - f.reserved = c.on_hand - c.reserved);
    return null;
end $$;

-- What was sold grows with every order, and is seen by whoever sorts by it.
create function public_listing_changed() returns trigger language plpgsql as $$
begin
    insert into public_change (source, product_id, variant_id)
    select distinct 'product_listing', c.product_id, '00000000-0000-0000-0000-000000000000'::uuid
    from changed c where not exists (select 1 from former f
        where f.product_id = c.product_id and to_jsonb(f) - 'sold' = to_jsonb(c) - 'sold');
    insert into public_change (source, product_id, variant_id)
    select distinct 'product_listing.sold', c.product_id, '00000000-0000-0000-0000-000000000000'::uuid
    from changed c where not exists (select 1 from former f
        where f.product_id = c.product_id and f.currency = c.currency and f.sold = c.sold);
    return null;
end $$;

-- A table's four triggers. Whoever makes a table that shoppers see calls it.
create function watch_publicly(watched text, how text, variadic arguments text[] default '{}') returns void
language plpgsql as $$
declare given text := coalesce((select string_agg(quote_literal(a), ', ') from unnest(arguments) a), '');
begin
    execute format('create trigger %I after insert on %I referencing new table as changed for each statement
        execute function %I(%s)', watched || '_inserted_publicly', watched, how, given);
    execute format('create trigger %I after update on %I referencing new table as changed for each statement
        execute function %I(%s)', watched || '_updated_publicly', watched, how, given);
    execute format('create trigger %I after delete on %I referencing old table as changed for each statement
        execute function %I(%s)', watched || '_deleted_publicly', watched, how, given);
    execute format('create trigger %I after truncate on %I for each statement
        execute function public_table_emptied()', watched || '_truncated_publicly', watched);
end $$;

select watch_publicly('product', 'public_product_changed', 'id');
select watch_publicly(t, 'public_product_changed', 'product_id')
from unnest(array['product_option', 'product_option_swatch', 'product_video', 'product_attribute', 'product_safety']) as t;
select watch_publicly('variant', 'public_part_changed', 'product_id', 'id');
select watch_publicly(t, 'public_part_changed', 'product_id', 'variant_id')
from unnest(array['picture', 'variant_attribute']) as t;
select watch_publicly(t, 'public_variant_changed')
from unnest(array['price', 'stock_policy', 'stock_transfer_line', 'variant_file', 'stock']) as t;
select watch_publicly('product_listing', 'public_product_changed', 'product_id');
select watch_publicly(t, 'public_thing_changed')
from unnest(array['attribute_choice', 'attribute_definition', 'category', 'collection', 'collection_product',
    'economic_operator', 'location', 'media', 'media_import', 'menu', 'metafield', 'page',
    'page_version', 'product_count', 'product_relation', 'search_rule', 'search_rule_product',
    'search_settings', 'search_term_day', 'shipping_method', 'shipping_zone', 'shop_settings',
    'slug_redirect', 'stock_transfer', 'synonym_group', 'tax_rate', 'translation', 'url_redirect']) as t;

drop trigger stock_updated_publicly on stock;
create trigger stock_updated_publicly after update on stock referencing old table as former new table as changed
    for each statement execute function public_stock_changed();
drop trigger product_listing_updated_publicly on product_listing;
create trigger product_listing_updated_publicly after update on product_listing
    referencing old table as former new table as changed
    for each statement execute function public_listing_changed();

-- A row that goes from one owner to another leaves the one, too.
do $$
declare moved record;
begin
    for moved in select * from (values ('picture', 'public_part_changed', '''product_id'', ''variant_id'''),
        ('variant', 'public_part_changed', '''product_id'', ''id'''),
        ('variant_attribute', 'public_part_changed', '''product_id'', ''variant_id'''),
        ('price', 'public_variant_changed', ''), ('variant_file', 'public_variant_changed', '')) as m (t, how, given)
    loop
        execute format('create trigger %I after update on %I referencing old table as changed for each statement
            execute function %I(%s)', moved.t || '_left_publicly', moved.t, moved.how, moved.given);
    end loop;
end $$;

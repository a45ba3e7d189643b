-- What shoppers may have seen and has changed since: one row a table, product and variant (the nil id is all), whose version
-- is the last change's. SQLite has one writer, so that versions grow in the order in which changes become visible. Rows
-- are written by triggers: no statement, whoever runs it, goes unnoticed.
create table public_change (
    source text not null,
    product_id uuid not null,
    variant_id uuid not null,
    version integer not null,
    primary key (source, product_id, variant_id)
) without rowid;
create unique index public_change_version on public_change (version);

-- Written to by the triggers: null is all.
create view public_change_note as select source, product_id, variant_id from public_change;
create trigger public_change_noted instead of insert on public_change_note begin
    insert into public_change (source, product_id, variant_id, version) values (
        new.source,
        coalesce(new.product_id, x'00000000000000000000000000000000'),
        coalesce(new.variant_id, x'00000000000000000000000000000000'),
        (select coalesce(max(version), 0) + 1 from public_change)
    ) on conflict (source, product_id, variant_id) do update set version = excluded.version;
end;

-- A product, and what belongs to it.
create trigger product_inserted_publicly after insert on product begin
    insert into public_change_note values ('product', new.id, null);
end;
create trigger product_updated_publicly after update on product begin
    insert into public_change_note values ('product', new.id, null);
end;
create trigger product_deleted_publicly after delete on product begin
    insert into public_change_note values ('product', old.id, null);
end;
create trigger product_option_inserted_publicly after insert on product_option begin
    insert into public_change_note values ('product_option', new.product_id, null);
end;
create trigger product_option_updated_publicly after update on product_option begin
    insert into public_change_note values ('product_option', new.product_id, null);
end;
create trigger product_option_deleted_publicly after delete on product_option begin
    insert into public_change_note values ('product_option', old.product_id, null);
end;
create trigger product_option_swatch_inserted_publicly after insert on product_option_swatch begin
    insert into public_change_note values ('product_option_swatch', new.product_id, null);
end;
create trigger product_option_swatch_updated_publicly after update on product_option_swatch begin
    insert into public_change_note values ('product_option_swatch', new.product_id, null);
end;
create trigger product_option_swatch_deleted_publicly after delete on product_option_swatch begin
    insert into public_change_note values ('product_option_swatch', old.product_id, null);
end;
create trigger product_video_inserted_publicly after insert on product_video begin
    insert into public_change_note values ('product_video', new.product_id, null);
end;
create trigger product_video_updated_publicly after update on product_video begin
    insert into public_change_note values ('product_video', new.product_id, null);
end;
create trigger product_video_deleted_publicly after delete on product_video begin
    insert into public_change_note values ('product_video', old.product_id, null);
end;
create trigger product_attribute_inserted_publicly after insert on product_attribute begin
    insert into public_change_note values ('product_attribute', new.product_id, null);
end;
create trigger product_attribute_updated_publicly after update on product_attribute begin
    insert into public_change_note values ('product_attribute', new.product_id, null);
end;
create trigger product_attribute_deleted_publicly after delete on product_attribute begin
    insert into public_change_note values ('product_attribute', old.product_id, null);
end;
create trigger product_safety_inserted_publicly after insert on product_safety begin
    insert into public_change_note values ('product_safety', new.product_id, null);
end;
create trigger product_safety_updated_publicly after update on product_safety begin
    insert into public_change_note values ('product_safety', new.product_id, null);
end;
create trigger product_safety_deleted_publicly after delete on product_safety begin
    insert into public_change_note values ('product_safety', old.product_id, null);
end;
create trigger variant_inserted_publicly after insert on variant begin
    insert into public_change_note values ('variant', new.product_id, new.id);
end;
create trigger variant_updated_publicly after update on variant begin
    insert into public_change_note values ('variant', new.product_id, new.id);
end;
create trigger variant_deleted_publicly after delete on variant begin
    insert into public_change_note values ('variant', old.product_id, old.id);
end;
create trigger variant_left_publicly after update on variant when old.product_id is not new.product_id or old.id is not new.id begin
    insert into public_change_note values ('variant', old.product_id, old.id);
end;
create trigger picture_inserted_publicly after insert on picture begin
    insert into public_change_note values ('picture', new.product_id, new.variant_id);
end;
create trigger picture_updated_publicly after update on picture begin
    insert into public_change_note values ('picture', new.product_id, new.variant_id);
end;
create trigger picture_deleted_publicly after delete on picture begin
    insert into public_change_note values ('picture', old.product_id, old.variant_id);
end;
create trigger picture_left_publicly after update on picture when old.product_id is not new.product_id or old.variant_id is not new.variant_id begin
    insert into public_change_note values ('picture', old.product_id, old.variant_id);
end;
create trigger variant_attribute_inserted_publicly after insert on variant_attribute begin
    insert into public_change_note values ('variant_attribute', new.product_id, new.variant_id);
end;
create trigger variant_attribute_updated_publicly after update on variant_attribute begin
    insert into public_change_note values ('variant_attribute', new.product_id, new.variant_id);
end;
create trigger variant_attribute_deleted_publicly after delete on variant_attribute begin
    insert into public_change_note values ('variant_attribute', old.product_id, old.variant_id);
end;
create trigger variant_attribute_left_publicly after update on variant_attribute when old.product_id is not new.product_id or old.variant_id is not new.variant_id begin
    insert into public_change_note values ('variant_attribute', old.product_id, old.variant_id);
end;
-- A variant's, found by its product as well.
create trigger price_inserted_publicly after insert on price begin
    insert into public_change_note values ('price', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger price_updated_publicly after update on price begin
    insert into public_change_note values ('price', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger price_deleted_publicly after delete on price begin
    insert into public_change_note values ('price', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger price_left_publicly after update on price when old.variant_id is not new.variant_id begin
    insert into public_change_note values ('price', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger stock_policy_inserted_publicly after insert on stock_policy begin
    insert into public_change_note values ('stock_policy', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger stock_policy_updated_publicly after update on stock_policy begin
    insert into public_change_note values ('stock_policy', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger stock_policy_deleted_publicly after delete on stock_policy begin
    insert into public_change_note values ('stock_policy', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger stock_policy_left_publicly after update on stock_policy when old.variant_id is not new.variant_id begin
    insert into public_change_note values ('stock_policy', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger stock_transfer_line_inserted_publicly after insert on stock_transfer_line begin
    insert into public_change_note values ('stock_transfer_line', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger stock_transfer_line_updated_publicly after update on stock_transfer_line begin
    insert into public_change_note values ('stock_transfer_line', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger stock_transfer_line_deleted_publicly after delete on stock_transfer_line begin
    insert into public_change_note values ('stock_transfer_line', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger stock_transfer_line_left_publicly after update on stock_transfer_line when old.variant_id is not new.variant_id begin
    insert into public_change_note values ('stock_transfer_line', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger variant_file_inserted_publicly after insert on variant_file begin
    insert into public_change_note values ('variant_file', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger variant_file_updated_publicly after update on variant_file begin
    insert into public_change_note values ('variant_file', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger variant_file_deleted_publicly after delete on variant_file begin
    insert into public_change_note values ('variant_file', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger variant_file_left_publicly after update on variant_file when old.variant_id is not new.variant_id begin
    insert into public_change_note values ('variant_file', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
-- Of stock only what is free is seen: an order that is confirmed takes what was reserved for it, and changes nothing.
create trigger stock_inserted_publicly after insert on stock begin
    insert into public_change_note values ('stock', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger stock_updated_publicly after update on stock when old.on_hand - old.reserved is not new.on_hand - new.reserved
    or old.variant_id is not new.variant_id or old.location_id is not new.location_id begin
    insert into public_change_note values ('stock', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger stock_deleted_publicly after delete on stock begin
    insert into public_change_note values ('stock', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
-- What was sold grows with every order, and is seen by whoever sorts by it.
create trigger product_listing_inserted_publicly after insert on product_listing begin
    insert into public_change_note values ('product_listing', new.product_id, null);
end;
create trigger product_listing_updated_publicly after update on product_listing when old.product_id is not new.product_id
    or old.currency is not new.currency or old.price_min_minor is not new.price_min_minor
    or old.price_max_minor is not new.price_max_minor or old.compare_at_max_minor is not new.compare_at_max_minor
    or old.in_stock is not new.in_stock begin
    insert into public_change_note values ('product_listing', new.product_id, null);
end;
create trigger product_listing_sold_publicly after update on product_listing when old.sold is not new.sold begin
    insert into public_change_note values ('product_listing.sold', new.product_id, null);
end;
create trigger product_listing_deleted_publicly after delete on product_listing begin
    insert into public_change_note values ('product_listing', old.product_id, null);
end;
-- Everything else changes seldom, and is one thing.
create trigger attribute_choice_inserted_publicly after insert on attribute_choice begin
    insert into public_change_note values ('attribute_choice', null, null);
end;
create trigger attribute_choice_updated_publicly after update on attribute_choice begin
    insert into public_change_note values ('attribute_choice', null, null);
end;
create trigger attribute_choice_deleted_publicly after delete on attribute_choice begin
    insert into public_change_note values ('attribute_choice', null, null);
end;
create trigger attribute_definition_inserted_publicly after insert on attribute_definition begin
    insert into public_change_note values ('attribute_definition', null, null);
end;
create trigger attribute_definition_updated_publicly after update on attribute_definition begin
    insert into public_change_note values ('attribute_definition', null, null);
end;
create trigger attribute_definition_deleted_publicly after delete on attribute_definition begin
    insert into public_change_note values ('attribute_definition', null, null);
end;
create trigger category_inserted_publicly after insert on category begin
    insert into public_change_note values ('category', null, null);
end;
create trigger category_updated_publicly after update on category begin
    insert into public_change_note values ('category', null, null);
end;
create trigger category_deleted_publicly after delete on category begin
    insert into public_change_note values ('category', null, null);
end;
create trigger collection_inserted_publicly after insert on collection begin
    insert into public_change_note values ('collection', null, null);
end;
create trigger collection_updated_publicly after update on collection begin
    insert into public_change_note values ('collection', null, null);
end;
create trigger collection_deleted_publicly after delete on collection begin
    insert into public_change_note values ('collection', null, null);
end;
create trigger collection_product_inserted_publicly after insert on collection_product begin
    insert into public_change_note values ('collection_product', null, null);
end;
create trigger collection_product_updated_publicly after update on collection_product begin
    insert into public_change_note values ('collection_product', null, null);
end;
create trigger collection_product_deleted_publicly after delete on collection_product begin
    insert into public_change_note values ('collection_product', null, null);
end;
create trigger economic_operator_inserted_publicly after insert on economic_operator begin
    insert into public_change_note values ('economic_operator', null, null);
end;
create trigger economic_operator_updated_publicly after update on economic_operator begin
    insert into public_change_note values ('economic_operator', null, null);
end;
create trigger economic_operator_deleted_publicly after delete on economic_operator begin
    insert into public_change_note values ('economic_operator', null, null);
end;
create trigger location_inserted_publicly after insert on location begin
    insert into public_change_note values ('location', null, null);
end;
create trigger location_updated_publicly after update on location begin
    insert into public_change_note values ('location', null, null);
end;
create trigger location_deleted_publicly after delete on location begin
    insert into public_change_note values ('location', null, null);
end;
create trigger media_inserted_publicly after insert on media begin
    insert into public_change_note values ('media', null, null);
end;
create trigger media_updated_publicly after update on media begin
    insert into public_change_note values ('media', null, null);
end;
create trigger media_deleted_publicly after delete on media begin
    insert into public_change_note values ('media', null, null);
end;
create trigger media_import_inserted_publicly after insert on media_import begin
    insert into public_change_note values ('media_import', null, null);
end;
create trigger media_import_updated_publicly after update on media_import begin
    insert into public_change_note values ('media_import', null, null);
end;
create trigger media_import_deleted_publicly after delete on media_import begin
    insert into public_change_note values ('media_import', null, null);
end;
create trigger menu_inserted_publicly after insert on menu begin
    insert into public_change_note values ('menu', null, null);
end;
create trigger menu_updated_publicly after update on menu begin
    insert into public_change_note values ('menu', null, null);
end;
create trigger menu_deleted_publicly after delete on menu begin
    insert into public_change_note values ('menu', null, null);
end;
create trigger metafield_inserted_publicly after insert on metafield begin
    insert into public_change_note values ('metafield', null, null);
end;
create trigger metafield_updated_publicly after update on metafield begin
    insert into public_change_note values ('metafield', null, null);
end;
create trigger metafield_deleted_publicly after delete on metafield begin
    insert into public_change_note values ('metafield', null, null);
end;
create trigger page_inserted_publicly after insert on page begin
    insert into public_change_note values ('page', null, null);
end;
create trigger page_updated_publicly after update on page begin
    insert into public_change_note values ('page', null, null);
end;
create trigger page_deleted_publicly after delete on page begin
    insert into public_change_note values ('page', null, null);
end;
create trigger page_version_inserted_publicly after insert on page_version begin
    insert into public_change_note values ('page_version', null, null);
end;
create trigger page_version_updated_publicly after update on page_version begin
    insert into public_change_note values ('page_version', null, null);
end;
create trigger page_version_deleted_publicly after delete on page_version begin
    insert into public_change_note values ('page_version', null, null);
end;
create trigger product_count_inserted_publicly after insert on product_count begin
    insert into public_change_note values ('product_count', null, null);
end;
create trigger product_count_updated_publicly after update on product_count begin
    insert into public_change_note values ('product_count', null, null);
end;
create trigger product_count_deleted_publicly after delete on product_count begin
    insert into public_change_note values ('product_count', null, null);
end;
create trigger product_relation_inserted_publicly after insert on product_relation begin
    insert into public_change_note values ('product_relation', null, null);
end;
create trigger product_relation_updated_publicly after update on product_relation begin
    insert into public_change_note values ('product_relation', null, null);
end;
create trigger product_relation_deleted_publicly after delete on product_relation begin
    insert into public_change_note values ('product_relation', null, null);
end;
create trigger search_rule_inserted_publicly after insert on search_rule begin
    insert into public_change_note values ('search_rule', null, null);
end;
create trigger search_rule_updated_publicly after update on search_rule begin
    insert into public_change_note values ('search_rule', null, null);
end;
create trigger search_rule_deleted_publicly after delete on search_rule begin
    insert into public_change_note values ('search_rule', null, null);
end;
create trigger search_rule_product_inserted_publicly after insert on search_rule_product begin
    insert into public_change_note values ('search_rule_product', null, null);
end;
create trigger search_rule_product_updated_publicly after update on search_rule_product begin
    insert into public_change_note values ('search_rule_product', null, null);
end;
create trigger search_rule_product_deleted_publicly after delete on search_rule_product begin
    insert into public_change_note values ('search_rule_product', null, null);
end;
create trigger search_settings_inserted_publicly after insert on search_settings begin
    insert into public_change_note values ('search_settings', null, null);
end;
create trigger search_settings_updated_publicly after update on search_settings begin
    insert into public_change_note values ('search_settings', null, null);
end;
create trigger search_settings_deleted_publicly after delete on search_settings begin
    insert into public_change_note values ('search_settings', null, null);
end;
create trigger search_term_day_inserted_publicly after insert on search_term_day begin
    insert into public_change_note values ('search_term_day', null, null);
end;
create trigger search_term_day_updated_publicly after update on search_term_day begin
    insert into public_change_note values ('search_term_day', null, null);
end;
create trigger search_term_day_deleted_publicly after delete on search_term_day begin
    insert into public_change_note values ('search_term_day', null, null);
end;
create trigger shipping_method_inserted_publicly after insert on shipping_method begin
    insert into public_change_note values ('shipping_method', null, null);
end;
create trigger shipping_method_updated_publicly after update on shipping_method begin
    insert into public_change_note values ('shipping_method', null, null);
end;
create trigger shipping_method_deleted_publicly after delete on shipping_method begin
    insert into public_change_note values ('shipping_method', null, null);
end;
create trigger shipping_zone_inserted_publicly after insert on shipping_zone begin
    insert into public_change_note values ('shipping_zone', null, null);
end;
create trigger shipping_zone_updated_publicly after update on shipping_zone begin
    insert into public_change_note values ('shipping_zone', null, null);
end;
create trigger shipping_zone_deleted_publicly after delete on shipping_zone begin
    insert into public_change_note values ('shipping_zone', null, null);
end;
create trigger shop_settings_inserted_publicly after insert on shop_settings begin
    insert into public_change_note values ('shop_settings', null, null);
end;
create trigger shop_settings_updated_publicly after update on shop_settings begin
    insert into public_change_note values ('shop_settings', null, null);
end;
create trigger shop_settings_deleted_publicly after delete on shop_settings begin
    insert into public_change_note values ('shop_settings', null, null);
end;
create trigger slug_redirect_inserted_publicly after insert on slug_redirect begin
    insert into public_change_note values ('slug_redirect', null, null);
end;
create trigger slug_redirect_updated_publicly after update on slug_redirect begin
    insert into public_change_note values ('slug_redirect', null, null);
end;
create trigger slug_redirect_deleted_publicly after delete on slug_redirect begin
    insert into public_change_note values ('slug_redirect', null, null);
end;
create trigger stock_transfer_inserted_publicly after insert on stock_transfer begin
    insert into public_change_note values ('stock_transfer', null, null);
end;
create trigger stock_transfer_updated_publicly after update on stock_transfer begin
    insert into public_change_note values ('stock_transfer', null, null);
end;
create trigger stock_transfer_deleted_publicly after delete on stock_transfer begin
    insert into public_change_note values ('stock_transfer', null, null);
end;
create trigger synonym_group_inserted_publicly after insert on synonym_group begin
    insert into public_change_note values ('synonym_group', null, null);
end;
create trigger synonym_group_updated_publicly after update on synonym_group begin
    insert into public_change_note values ('synonym_group', null, null);
end;
create trigger synonym_group_deleted_publicly after delete on synonym_group begin
    insert into public_change_note values ('synonym_group', null, null);
end;
create trigger tax_rate_inserted_publicly after insert on tax_rate begin
    insert into public_change_note values ('tax_rate', null, null);
end;
create trigger tax_rate_updated_publicly after update on tax_rate begin
    insert into public_change_note values ('tax_rate', null, null);
end;
create trigger tax_rate_deleted_publicly after delete on tax_rate begin
    insert into public_change_note values ('tax_rate', null, null);
end;
create trigger translation_inserted_publicly after insert on translation begin
    insert into public_change_note values ('translation', null, null);
end;
create trigger translation_updated_publicly after update on translation begin
    insert into public_change_note values ('translation', null, null);
end;
create trigger translation_deleted_publicly after delete on translation begin
    insert into public_change_note values ('translation', null, null);
end;
create trigger url_redirect_inserted_publicly after insert on url_redirect begin
    insert into public_change_note values ('url_redirect', null, null);
end;
create trigger url_redirect_updated_publicly after update on url_redirect begin
    insert into public_change_note values ('url_redirect', null, null);
end;
create trigger url_redirect_deleted_publicly after delete on url_redirect begin
    insert into public_change_note values ('url_redirect', null, null);
end;

select watch_publicly('quantity_price', 'public_variant_changed');
create trigger quantity_price_left_publicly after update on quantity_price referencing old table as changed
    for each statement execute function public_variant_changed();

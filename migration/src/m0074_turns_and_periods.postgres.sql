-- Shoppers see until when a price holds.
select watch_publicly('price_schedule', 'public_variant_changed');

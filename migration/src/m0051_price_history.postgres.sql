-- Since when they hold nobody has written down: from now on somebody does.
insert into price_history (variant_id, currency, since, amount_minor, compare_at_minor, fixed)
select variant_id, currency, current_timestamp, amount_minor, compare_at_minor, fixed from price;

-- What is counted to hold a bound is counted in turn.
insert into catalog_turn (name, taken) values ('apps', 0), ('attributes', 0), ('catalogs', 0), ('customer_groups', 0),
    ('discounts', 0), ('economic_operators', 0), ('invitations', 0), ('locations', 0), ('roles', 0), ('search_rules', 0),
    ('shipping_zones', 0), ('tax_rates', 0);

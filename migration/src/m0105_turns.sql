-- What is counted to hold a bound is counted in turn.
insert into catalog_turn (name, taken) values ('bulk_operations', 0), ('exports', 0), ('imports', 0), ('metafields', 0),
    ('stock_alerts', 0);

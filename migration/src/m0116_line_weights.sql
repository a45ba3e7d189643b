-- What a unit weighed as it was sold, in grams: a line of one's own has no variant that says it. Null for lines of before.
alter table order_line add column weight_grams integer check (weight_grams >= 0);

-- By what titles are sorted as an alphabet has them, in the shop's language; empty until it is written.
alter table product add column title_key bytea not null default '';
create index product_by_title_key on product (status, title_key, id);
create index product_by_any_title_key on product (title_key, id);

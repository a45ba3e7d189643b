-- Lines of one gift card for several people are lines of their own: `detail` tells them apart.
alter table cart_line add column detail text not null default '';
alter table cart_line drop constraint cart_line_cart_id_variant_id_key;
create unique index cart_line_of_good on cart_line (cart_id, variant_id, detail);

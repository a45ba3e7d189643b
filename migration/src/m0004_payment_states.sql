-- A declined attempt that the shopper's browser may still confirm had no state of its own: it was known
-- by being pending with a decline code. A column rather than another status: a server of the version
-- before reads and writes these rows meanwhile, and `status` stays what clients are told.
alter table payment add column reopenable boolean not null default false;
update payment set reopenable = true where status = 'PENDING' and decline_code is not null;

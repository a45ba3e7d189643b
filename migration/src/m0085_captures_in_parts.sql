-- Whether what a capture does not take is released. Where not, more may be captured of what is held.
alter table capture add column releases_rest boolean not null default true;
-- One is on its way at a time; others may have come before.
drop index capture_one_live;
create unique index capture_one_requested on capture (payment_id) where status = 'REQUESTED';
-- And one at most releases the rest.
create unique index capture_one_last on capture (payment_id) where status <> 'FAILED' and releases_rest;

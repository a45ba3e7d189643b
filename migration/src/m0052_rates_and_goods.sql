-- Where a rate comes from, of which day it is, when it was taken, and what the shop puts upon it.
alter table price_list add column rate_source text not null default 'MANUAL'
    check (rate_source in ('MANUAL', 'FILE', 'FETCHED'));
alter table price_list add column rate_on date;
alter table price_list add column rate_taken_at timestamptz;
update price_list set rate_taken_at = updated_at;
-- Hundredths of a percent.
alter table price_list add column margin_bp integer not null default 0 check (margin_bp between -9000 and 100000);
-- Whether rates of files, and those that are fetched, take the place of this one.
alter table price_list add column follows_rates boolean not null default false;
-- One that was too far from the one before, and waits for staff to look at it.
alter table price_list add column refused_rate_e8 bigint;
alter table price_list add column refused_at timestamptz;

-- Which goods a market has: all, those of some collections, or all but some.
alter table market add column goods jsonb not null default '{}';

-- What an order in another currency is worth in the shop's own, at the rate when it was placed. Null: it is in its own, or of
-- an earlier version. By it orders of different currencies are sorted.
alter table orders add column base_total_minor bigint;
create index orders_by_base_total on orders (coalesce(base_total_minor, total_minor), id);
drop index orders_by_total;

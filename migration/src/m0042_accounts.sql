-- When the customer's last session that is forgotten was used: with those that are not, since when nobody uses the account.
-- Null: no session of theirs was forgotten.
alter table customer add column last_seen_at timestamptz;
-- When they were told that the account goes because nobody uses it.
alter table customer add column inactivity_told_at timestamptz;
create index customer_by_last_seen on customer (coalesce(last_seen_at, created_at), id);
create index customer_by_disabling on customer (disabled_at, id) where disabled_at is not null;

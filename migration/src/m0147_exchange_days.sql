-- For how many days an exchange that costs more waits for what is still to be paid, before it is given up.
alter table return_policy add column exchange_days integer not null default 14 check (exchange_days between 1 and 365);
-- Until when, as the shopper was told. Null where nothing was owed, and for exchanges of before: those staff end.
alter table order_return add column exchange_due_at timestamptz;

-- Which orders companies placed, and what they owe of them.
create table company_order (
    order_id uuid primary key references orders (id),
    company_id uuid not null references company (id),
    -- On account: how much, in the shop's own currency, and by when. Null: it is paid otherwise.
    account_minor bigint check (account_minor > 0),
    due_on date,
    -- Since when it is not owed any more: paid, or given up.
    closed_at timestamptz,
    -- When the company was told that it is late.
    reminded_at timestamptz,
    check ((account_minor is null) = (due_on is null))
);
create index company_order_company on company_order (company_id, order_id);
create index company_order_due on company_order (due_on, order_id) where account_minor is not null and closed_at is null;

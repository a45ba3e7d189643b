-- Money that a shop owes: what is on a gift card, and what a customer has as store credit. The balance changes in one
-- statement with the entry that tells why, so that it is the sum of its entries and never less than nothing.
create table credit_account (
    id uuid primary key,
    kind text not null check (kind in ('GIFT_CARD', 'STORE_CREDIT')),
    currency text not null check (length(currency) = 3),
    balance_minor bigint not null check (balance_minor >= 0),
    -- How many entries it has.
    entry_count bigint not null,
    -- Whose store credit it is; null once they were erased.
    customer_id uuid references customer (id),
    -- SHA-256 of a gift card's code, and the last characters of it.
    code_hash bytea unique,
    last_four text,
    -- BCP 47: in which its mails are written.
    locale text not null,
    recipient_email text,
    recipient_name text,
    sender_name text,
    message text,
    -- When its mail is due; null: nobody is sent one.
    deliver_at timestamptz,
    mailed_at timestamptz,
    -- What staff note of it.
    note text,
    -- From then on it pays nothing. Null: never.
    expires_at timestamptz,
    disabled_at timestamptz,
    -- The order, and the line of it, by which it was bought, and which one of the line's it is.
    order_id uuid references orders (id),
    order_line_id uuid references order_line (id),
    position integer not null default 0,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((kind = 'GIFT_CARD') = (code_hash is not null))
);
create unique index credit_account_of_customer on credit_account (customer_id, currency) where customer_id is not null;
create unique index credit_account_of_line on credit_account (order_line_id, position) where order_line_id is not null;
create index credit_account_of_order on credit_account (order_id) where order_id is not null;
create index credit_account_last_four on credit_account (last_four, id) where last_four is not null;
create index credit_account_kind on credit_account (kind, id);
create index credit_account_expiry on credit_account (expires_at) where expires_at is not null and balance_minor > 0;

-- Append-only: each change of a balance, in the order of its number, without gaps.
create table credit_entry (
    account_id uuid not null references credit_account (id),
    number bigint not null check (number > 0),
    kind text not null check (kind in ('ISSUED', 'REDEEMED', 'GIVEN_BACK', 'REFUNDED', 'ADJUSTED', 'EXPIRED')),
    -- What came, or with a minus went.
    amount_minor bigint not null check (amount_minor <> 0),
    -- What was there afterwards.
    balance_minor bigint not null check (balance_minor >= 0),
    order_id uuid references orders (id),
    -- The refund by which it came.
    refund_id uuid,
    reason text,
    actor text not null,
    correlation_id text not null,
    created_at timestamptz not null,
    primary key (account_id, number)
);
create index credit_entry_of_refund on credit_entry (refund_id) where refund_id is not null;
create index credit_entry_of_order on credit_entry (order_id) where order_id is not null;

-- What an order was paid from which account, and how much of it has gone back.
create table order_credit (
    order_id uuid not null references orders (id),
    account_id uuid not null references credit_account (id),
    -- In which order they pay, from 0.
    position integer not null,
    amount_minor bigint not null check (amount_minor > 0),
    returned_minor bigint not null default 0 check (returned_minor >= 0 and returned_minor <= amount_minor),
    primary key (order_id, account_id)
);
create index order_credit_of_account on order_credit (account_id);

-- Which gift cards pay a cart, and whether its customer's store credit does, each with the balance that the shopper saw.
alter table cart add column credits jsonb not null default '{}';

-- How much of what was captured was paid back as store credit.
alter table payment add column credited_minor bigint not null default 0 check (credited_minor >= 0);

-- How many months a gift card can be used beyond the year in which it was issued. Null: for ever.
alter table shop_settings add column gift_card_months integer check (gift_card_months between 1 and 1200);

-- Whether a refund goes to gift cards and store credit before it goes to the means of payment.
alter table shop_settings add column credit_refunded_first boolean not null default false;

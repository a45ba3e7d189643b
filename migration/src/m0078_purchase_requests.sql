-- Above which amount, in the shop's own currency, what somebody buys for the company needs a manager's approval; 0: whatever
-- it is. Null: nothing does.
alter table company_buyer add column approval_above_minor bigint check (approval_above_minor >= 0);

-- By which number a company knows its purchase.
alter table cart add column purchase_order_number text;
alter table company_order add column purchase_order_number text;

-- While a company is asked for its approval nothing of the cart changes.
alter table cart add column purchase_request_id uuid;

-- What companies are asked to approve, as it was priced. Stock is not held until it is.
create table purchase_request (
    id uuid primary key,
    company_id uuid not null references company (id),
    customer_id uuid not null references customer (id),
    cart_id uuid not null,
    -- That of the cart while it is asked for.
    cart_version bigint not null,
    -- By whom it is to be paid; null: whom the shop's configuration names.
    payment_method text,
    state text not null check (state in ('OPEN', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
    currency text not null check (length(currency) = 3),
    total_minor bigint not null,
    lines jsonb not null,
    purchase_order_number text,
    -- What whoever asks says of it, and what the manager answered.
    note text,
    answer text,
    decided_by uuid references customer (id),
    order_id uuid,
    created_at timestamptz not null,
    decided_at timestamptz
);
create index purchase_request_company on purchase_request (company_id, id);
create index purchase_request_customer on purchase_request (customer_id, id);
create index purchase_request_decided_by on purchase_request (decided_by);

-- The catalogue ------------------------------------------------------------------------------

create table category (
    id uuid primary key,
    parent_id uuid references category (id),
    slug text not null unique,
    name text not null,
    description text not null,
    position integer not null
);
create index category_parent on category (parent_id, position);

create table product (
    id uuid primary key,
    slug text not null unique,
    title text not null,
    description_html text not null,
    vendor text,
    category_id uuid references category (id),
    status text not null check (status in ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    tags jsonb not null,
    seo_title text,
    seo_description text,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index product_by_status on product (status, id);
create index product_by_title on product (status, title, id);
create index product_by_category on product (category_id, id);

create table collection (
    id uuid primary key,
    slug text not null unique,
    title text not null,
    description text not null,
    position integer not null
);

create table collection_product (
    collection_id uuid not null references collection (id),
    product_id uuid not null references product (id),
    position integer not null,
    primary key (collection_id, product_id)
);
create index collection_product_by_product on collection_product (product_id);

create table product_option (
    product_id uuid not null references product (id),
    position integer not null,
    name text not null,
    "values" jsonb not null,
    primary key (product_id, position)
);

create table product_attribute (
    product_id uuid not null references product (id),
    name text not null,
    value text not null,
    primary key (product_id, name, value)
);
create index product_attribute_by_value on product_attribute (name, value, product_id);

create table variant (
    id uuid primary key,
    product_id uuid not null references product (id),
    sku text not null unique,
    title text not null,
    option_values jsonb not null,
    position integer not null,
    active boolean not null,
    weight_grams integer not null check (weight_grams >= 0),
    requires_shipping boolean not null,
    tax_category text,
    barcode text,
    low_stock_threshold integer
);
create index variant_by_product on variant (product_id, position);

create table price (
    variant_id uuid not null references variant (id),
    currency text not null,
    amount_minor bigint not null check (amount_minor >= 0),
    compare_at_minor bigint check (compare_at_minor >= 0),
    primary key (variant_id, currency)
);

create table picture (
    id uuid primary key,
    product_id uuid not null references product (id),
    variant_id uuid references variant (id),
    source text not null,
    alt text not null,
    position integer not null
);
create index picture_by_product on picture (product_id, position);

create table product_listing (
    product_id uuid not null references product (id),
    currency text not null,
    price_min_minor bigint not null,
    price_max_minor bigint not null,
    compare_at_max_minor bigint,
    in_stock boolean not null,
    sold bigint not null,
    primary key (product_id, currency)
);
create index product_listing_by_price on product_listing (currency, price_min_minor, product_id);
create index product_listing_by_sold on product_listing (currency, sold, product_id);

-- What a thing is called in another language. `thing` is an id in its public form.
create table translation (
    thing text not null,
    locale text not null,
    field text not null,
    text text not null,
    primary key (thing, locale, field)
);

-- Stock ---------------------------------------------------------------------------------------

create table location (
    id uuid primary key,
    name text not null,
    position integer not null
);

create table stock (
    variant_id uuid not null references variant (id),
    location_id uuid not null references location (id),
    on_hand bigint not null,
    reserved bigint not null check (reserved >= 0),
    version bigint not null,
    low_alerted boolean not null,
    primary key (variant_id, location_id),
    check (on_hand >= reserved)
);

create table stock_entry (
    id uuid primary key,
    variant_id uuid not null references variant (id),
    location_id uuid not null references location (id),
    kind text not null check (kind in ('RECEIVED', 'ADJUSTED', 'RESERVED', 'RELEASED', 'DEDUCTED', 'PUT_BACK')),
    on_hand_delta bigint not null,
    reserved_delta bigint not null,
    order_id uuid,
    reason text,
    actor text not null,
    created_at timestamptz not null
);
create index stock_entry_by_variant on stock_entry (variant_id, id);

-- People --------------------------------------------------------------------------------------

create table customer (
    id uuid primary key,
    email text not null unique,
    name text not null,
    password_hash text not null,
    created_at timestamptz not null
);

create table staff_member (
    id uuid primary key,
    email text not null unique,
    name text not null,
    password_hash text not null,
    role text not null check (role in ('ADMINISTRATOR', 'FULFILMENT')),
    active boolean not null,
    created_at timestamptz not null
);

create table staff_audit (
    id uuid primary key,
    staff_member_id uuid not null references staff_member (id),
    action text not null,
    object text not null,
    data jsonb not null,
    created_at timestamptz not null
);

create table session (
    id uuid primary key,
    customer_id uuid references customer (id),
    staff_member_id uuid references staff_member (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    check ((customer_id is null) <> (staff_member_id is null))
);
create index session_by_expiry on session (expires_at);

create table refresh_token (
    id uuid primary key,
    session_id uuid not null references session (id),
    token_hash bytea not null unique,
    created_at timestamptz not null,
    used_at timestamptz
);
create index refresh_token_by_session on refresh_token (session_id);

-- Shipping and tax ----------------------------------------------------------------------------

create table shipping_zone (
    id uuid primary key,
    name text not null,
    countries jsonb not null,
    position integer not null
);

create table shipping_method (
    id uuid primary key,
    zone_id uuid not null references shipping_zone (id),
    name text not null,
    description text not null,
    currency text not null,
    amount_minor bigint not null check (amount_minor >= 0),
    free_from_minor bigint,
    position integer not null,
    active boolean not null
);
create index shipping_method_by_zone on shipping_method (zone_id, position);

create table tax_rate (
    id uuid primary key,
    country text not null,
    tax_category text,
    name text not null,
    basis_points integer not null check (basis_points >= 0)
);
create unique index tax_rate_by_country on tax_rate (country, coalesce(tax_category, ''));

-- Cart ----------------------------------------------------------------------------------------

create table cart (
    id uuid primary key,
    customer_id uuid references customer (id),
    currency text not null,
    locale text not null,
    email text,
    shipping_address jsonb,
    billing_address jsonb,
    shipping_method_id uuid references shipping_method (id),
    note text,
    version bigint not null,
    order_id uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index cart_by_customer on cart (customer_id, updated_at);

create table cart_line (
    id uuid primary key,
    cart_id uuid not null references cart (id),
    variant_id uuid not null references variant (id),
    quantity integer not null check (quantity > 0),
    seen_price_minor bigint not null,
    created_at timestamptz not null,
    unique (cart_id, variant_id)
);

-- Orders --------------------------------------------------------------------------------------

create table orders (
    id uuid primary key,
    number text not null unique,
    customer_id uuid references customer (id),
    email text not null,
    locale text not null,
    status text not null check (status in ('CREATED', 'PAYMENT_PENDING', 'PAYMENT_SUCCESS', 'PAYMENT_FAILED',
        'CONFIRMED', 'DISPATCHED', 'COMPLETED', 'CANCELLED')),
    currency text not null,
    subtotal_minor bigint not null,
    discount_minor bigint not null,
    shipping_minor bigint not null,
    tax_minor bigint not null,
    total_minor bigint not null check (total_minor >= 0),
    prices_include_tax boolean not null,
    shipping_address jsonb not null,
    billing_address jsonb not null,
    shipping_method_name text not null,
    note text,
    access_token_hash bytea not null,
    event_count bigint not null,
    placed_at timestamptz not null,
    updated_at timestamptz not null
);
create index orders_by_customer on orders (customer_id, id);
create index orders_by_status on orders (status, id);

create table order_line (
    id uuid primary key,
    order_id uuid not null references orders (id),
    position integer not null,
    product_id uuid not null,
    variant_id uuid not null,
    sku text not null,
    title text not null,
    variant_title text not null,
    picture_source text,
    quantity integer not null check (quantity > 0),
    unit_price_minor bigint not null,
    subtotal_minor bigint not null,
    tax_basis_points integer not null,
    tax_minor bigint not null,
    total_minor bigint not null
);
create index order_line_by_order on order_line (order_id, position);
create index order_line_by_product on order_line (product_id);

create table order_event (
    order_id uuid not null references orders (id),
    number bigint not null,
    kind text not null,
    public boolean not null,
    status text not null,
    data jsonb not null,
    actor text not null,
    created_at timestamptz not null,
    primary key (order_id, number)
);

create table reservation (
    id uuid primary key,
    order_id uuid not null references orders (id),
    variant_id uuid not null references variant (id),
    location_id uuid not null references location (id),
    quantity bigint not null check (quantity > 0),
    state text not null check (state in ('HELD', 'DEDUCTED', 'RELEASED', 'PUT_BACK')),
    expires_at timestamptz not null
);
create index reservation_by_order on reservation (order_id);
create index reservation_expiring on reservation (expires_at) where state = 'HELD';

create table shipment (
    id uuid primary key,
    order_id uuid not null references orders (id),
    status text not null check (status in ('DISPATCHED', 'DELIVERED')),
    carrier text,
    tracking_number text,
    tracking_url text,
    created_at timestamptz not null
);
create index shipment_by_order on shipment (order_id, id);

create table shipment_line (
    id uuid primary key,
    shipment_id uuid not null references shipment (id),
    order_line_id uuid not null references order_line (id),
    quantity integer not null check (quantity > 0)
);
create index shipment_line_by_shipment on shipment_line (shipment_id);

create table idempotency_key (
    caller text not null,
    key text not null,
    operation text not null,
    request_hash bytea not null,
    order_id uuid not null,
    created_at timestamptz not null,
    primary key (caller, key)
);

-- Payments ------------------------------------------------------------------------------------

create table payment (
    id uuid primary key,
    order_id uuid not null references orders (id),
    provider text not null,
    method_token text not null,
    currency text not null,
    amount_minor bigint not null check (amount_minor >= 0),
    captured_minor bigint not null check (captured_minor >= 0 and captured_minor <= amount_minor),
    refunded_minor bigint not null check (refunded_minor >= 0 and refunded_minor <= captured_minor),
    status text not null check (status in ('CREATED', 'UNKNOWN', 'ACTION_REQUIRED', 'PENDING', 'AUTHORIZED',
        'CAPTURED', 'DECLINED', 'VOIDED', 'REFUNDED')),
    provider_reference text,
    decline_code text,
    client_action jsonb,
    -- A later attempt has taken its place. If its money turns up all the same, it is paid back.
    superseded boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index payment_by_order on payment (order_id, id);
-- Never a double charge: an order has at most one attempt that is live or has succeeded.
create unique index payment_one_live on payment (order_id)
    where not superseded and status not in ('DECLINED', 'VOIDED');

create table payment_entry (
    id uuid primary key,
    payment_id uuid not null references payment (id),
    kind text not null check (kind in ('REQUEST', 'ANSWER', 'WEBHOOK', 'DECISION')),
    operation text not null,
    key text,
    body jsonb not null,
    correlation_id text not null,
    actor text not null,
    created_at timestamptz not null
);
create index payment_entry_by_payment on payment_entry (payment_id, id);

create table refund (
    id uuid primary key,
    payment_id uuid not null references payment (id),
    order_id uuid not null references orders (id),
    amount_minor bigint not null check (amount_minor > 0),
    reason text not null,
    status text not null check (status in ('REQUESTED', 'SUCCEEDED', 'FAILED')),
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index refund_by_payment on refund (payment_id, id);
create index refund_by_order on refund (order_id, id);

create table provider_event (
    provider text not null,
    event_id text not null,
    kind text not null,
    payment_id uuid,
    received_at timestamptz not null,
    primary key (provider, event_id)
);

-- Notifications -------------------------------------------------------------------------------

create table notification (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    order_id uuid references orders (id),
    kind text not null,
    read_at timestamptz,
    created_at timestamptz not null
);
create index notification_by_customer on notification (customer_id, id);

-- Jobs ----------------------------------------------------------------------------------------

create table outbox (
    id uuid primary key,
    queue text not null check (queue in ('PAYMENT', 'STOCK', 'MAIL', 'SEARCH')),
    job jsonb not null,
    state text not null check (state in ('READY', 'HANDED_OVER', 'RUNNING', 'DONE', 'BURIED')),
    run_at timestamptz not null,
    lease_until timestamptz,
    fence bigint not null,
    attempts integer not null,
    last_error text,
    correlation_id text not null,
    traceparent text,
    created_at timestamptz not null,
    finished_at timestamptz
);
create index outbox_due on outbox (queue, run_at) where state = 'READY';
create index outbox_leased on outbox (lease_until) where state in ('HANDED_OVER', 'RUNNING');
create index outbox_by_state on outbox (state, id);

-- The simulated payment provider's own memory: another company's database, which only its
-- adapter reads. Here so that servers and workers share it without a service to install.
create table simulated_payment (
    id text primary key,
    reference text not null,
    token text not null,
    currency text not null,
    amount_minor bigint not null,
    captured_minor bigint not null,
    refunded_minor bigint not null,
    status text not null,
    decline_code text,
    created_at timestamptz not null
);
create index simulated_payment_by_reference on simulated_payment (reference);

create table simulated_request (
    idempotency_key text primary key,
    request_hash text not null,
    payment_id text not null,
    operation text not null,
    amount_minor bigint not null,
    created_at timestamptz not null
);

create table simulated_webhook (
    id text primary key,
    event_id text not null,
    body text not null,
    deliver_at timestamptz not null,
    delivered_at timestamptz,
    attempts integer not null
);
create index simulated_webhook_due on simulated_webhook (deliver_at) where delivered_at is null;

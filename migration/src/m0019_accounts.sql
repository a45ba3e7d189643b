-- What shoppers do with their accounts by the links of mails.

-- Accounts that are asked for, until whoever has the address follows the link: then it is a customer.
create table customer_sign_up (
    id uuid primary key,
    email text not null,
    name text not null,
    password_hash text not null,
    -- Whether a mail tells of it: a few an hour do to one address.
    is_mailed boolean not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index customer_sign_up_by_email on customer_sign_up (email, created_at);
create index customer_sign_up_by_expiry on customer_sign_up (expires_at);

-- Null where nobody has the address: asking takes as long for it.
create table customer_password_reset (
    id uuid primary key,
    customer_id uuid references customer (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index customer_password_reset_by_customer on customer_password_reset (customer_id, created_at);
create index customer_password_reset_by_expiry on customer_password_reset (expires_at);

-- Addresses that accounts want to have instead of theirs, until the link of the mail to it is followed.
create table customer_email_change (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    email text not null,
    is_mailed boolean not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index customer_email_change_by_customer on customer_email_change (customer_id, created_at);
create index customer_email_change_by_email on customer_email_change (email, created_at);
create index customer_email_change_by_expiry on customer_email_change (expires_at);

-- What happened to an account, for the mail that tells of it: to the address that it had then.
create table customer_notice (
    id uuid primary key,
    kind text not null,
    email text not null,
    name text not null,
    created_at timestamptz not null
);
create index customer_notice_by_email on customer_notice (email);
create index customer_notice_by_time on customer_notice (created_at);

-- Grows with every change of name, address or password.
alter table customer add column version bigint not null default 1;
-- Since when staff let them in no more.
alter table customer add column disabled_at timestamptz;

-- Files with all that is kept of a person.
create table person_export (
    id uuid primary key,
    customer_id uuid,
    email text not null,
    state text not null check (state in ('RUNNING', 'DONE')),
    -- Names it in the store of objects.
    storage_key uuid not null,
    byte_size bigint not null,
    actor text not null,
    created_at timestamptz not null,
    finished_at timestamptz
);
create index person_export_by_email on person_export (email, created_at);
create index person_export_by_customer on person_export (customer_id);
create index person_export_by_time on person_export (created_at);

-- Who is to be erased. The row forgets who it was once that is done.
create table person_erasure (
    id uuid primary key,
    customer_id uuid,
    email text,
    state text not null check (state in ('ASKED', 'RUNNING', 'DONE')),
    actor text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    finished_at timestamptz
);
create index person_erasure_by_customer on person_erasure (customer_id, created_at);
create index person_erasure_by_state on person_erasure (state, expires_at);

-- When an order loses its person: at once, or when the law's time is over.
create table order_erasure (
    order_id uuid primary key references orders (id),
    erasure_id uuid not null,
    due_at timestamptz not null
);
create index order_erasure_by_time on order_erasure (due_at);
create index order_erasure_by_erasure on order_erasure (erasure_id, due_at);
create index cart_by_email on cart (email) where email is not null;
create index cart_by_order on cart (order_id) where order_id is not null;
create index session_by_customer_id on session (customer_id) where customer_id is not null;
create index stock_alert_by_customer on stock_alert (customer_id) where customer_id is not null;

create table customer_address (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    address jsonb not null,
    default_shipping boolean not null,
    default_billing boolean not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index customer_address_by_customer on customer_address (customer_id, id);

-- What customers said to marketing, with the proof. Rows are added, never changed.
create table customer_consent (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    channel text not null check (channel in ('EMAIL')),
    granted boolean not null,
    wording text not null,
    source text not null check (source in ('ACCOUNT', 'LINK')),
    email text not null,
    created_at timestamptz not null
);
create index customer_consent_by_customer on customer_consent (customer_id, id);

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

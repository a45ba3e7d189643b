-- Accounts at providers of OpenID Connect by which customers sign in.
create table customer_identity (
    id uuid primary key,
    provider text not null,
    -- Names them at the provider for ever.
    subject text not null,
    customer_id uuid not null references customer (id),
    -- By which it was found to be theirs.
    email text not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null
);
create unique index customer_identity_once on customer_identity (provider, subject);
create index customer_identity_by_customer on customer_identity (customer_id, id);

-- Their ways to a provider and back that have ended: each once, with the code that the front end gets for it.
create table customer_identity_handshake (
    id uuid primary key,
    identity_id uuid not null references customer_identity (id),
    code_hash bytea not null unique,
    -- Of what the front end proves that it began this with.
    challenge text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    redeemed_at timestamptz
);
create index customer_identity_handshake_by_identity on customer_identity_handshake (identity_id);
create index customer_identity_handshake_by_time on customer_identity_handshake (created_at);

-- Whether they have chosen a password: who came by a provider has none.
alter table customer add column has_password boolean not null default true;

-- Whether they have shown that the mail address is theirs. Accounts of the versions that did not ask have not, until
-- they follow the link of a mail.
alter table customer add column address_proven boolean not null default false;

-- Since when an address is deleted: it can be restored for a while.
alter table customer_address add column deleted_at timestamptz;
create index customer_address_by_deletion on customer_address (deleted_at) where deleted_at is not null;

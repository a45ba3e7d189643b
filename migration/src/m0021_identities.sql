-- Accounts at providers of OpenID Connect by which members of staff sign in.
create table identity (
    id uuid primary key,
    provider text not null,
    -- Names them at the provider for ever.
    subject text not null,
    staff_member_id uuid not null references staff_member (id),
    -- By which it was found to be theirs.
    email text not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null
);
create unique index identity_once on identity (provider, subject);
create index identity_by_staff_member on identity (staff_member_id, id);

-- Ways to a provider and back that have ended: each once, with the code that the front end gets for it.
create table identity_handshake (
    id uuid primary key,
    identity_id uuid not null references identity (id),
    code_hash bytea not null unique,
    -- Of what the front end proves that it began this with.
    challenge text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    redeemed_at timestamptz
);
create index identity_handshake_by_identity on identity_handshake (identity_id);
create index identity_handshake_by_time on identity_handshake (created_at);

-- Which keys sign access tokens, and since when. A key is derived from its id and the shop's secret: no row opens
-- anything.
create table signing_key (
    id uuid primary key,
    -- Which of the shop's secrets it is derived with.
    secret_fingerprint bytea not null,
    created_at timestamptz not null,
    active_from timestamptz not null,
    -- Withdrawn before its time: it verifies nothing any more.
    retired_at timestamptz
);
create index signing_key_by_time on signing_key (active_from);

alter table session add column last_used_at timestamptz;
alter table session add column user_agent text;
create index session_by_customer on session (customer_id, id) where revoked_at is null;
-- Every server reads what has ended since it last asked.
create index session_by_revocation on session (revoked_at, id) where revoked_at is not null;

-- Staff with roles of the shop's own, invited by mail, with a second factor; and apps.

create table staff_role (
    id uuid primary key,
    handle text not null,
    name text not null,
    -- One that every shop has: what it may do stands in the program, so that it grows with it.
    built_in text unique check (built_in in ('ADMINISTRATOR', 'FULFILMENT')),
    -- Names with spaces between, as in 'CATALOG ORDERS'; empty where it is built in.
    permissions text not null,
    two_factor_required boolean not null default false,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create unique index staff_role_by_handle on staff_role (handle) where deleted_at is null;

-- Null where the role is the built-in one that `role` names. Of a member with a role of the shop's own,
-- `role` holds the least that a server of the version before can read.
alter table staff_member add column role_id uuid references staff_role (id);
alter table staff_member add column version bigint not null default 1;
create index staff_member_by_role on staff_member (role_id) where role_id is not null;
create index session_by_staff_member on session (staff_member_id) where staff_member_id is not null;

create table staff_invitation (
    id uuid primary key,
    email text not null,
    role_id uuid not null references staff_role (id),
    -- Who invited, as timelines name them.
    invited_by text not null,
    -- Counts the mails: the link of each ends with the next.
    sends integer not null,
    created_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    withdrawn_at timestamptz,
    staff_member_id uuid references staff_member (id)
);
create unique index staff_invitation_open on staff_invitation (email)
    where accepted_at is null and withdrawn_at is null;

-- Null where nobody has the address: asking takes as long for it.
create table staff_password_reset (
    id uuid primary key,
    staff_member_id uuid references staff_member (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index staff_password_reset_by_member on staff_password_reset (staff_member_id, created_at);
create index staff_password_reset_by_expiry on staff_password_reset (expires_at);

create table staff_second_factor (
    staff_member_id uuid primary key references staff_member (id),
    -- The secret is derived from it with the shop's own: nothing that makes codes lies in the database.
    nonce bytea not null,
    confirmed_at timestamptz,
    -- The time step of the last code that was taken: none of it or before is taken again.
    last_step bigint not null default 0,
    failures integer not null default 0,
    blocked_until timestamptz,
    created_at timestamptz not null
);

create table staff_recovery_code (
    id uuid primary key,
    staff_member_id uuid not null references staff_member (id),
    code_hash bytea not null,
    used_at timestamptz,
    unique (staff_member_id, code_hash)
);

create table app (
    id uuid primary key,
    name text not null,
    permissions text not null,
    created_by text not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);

create table app_key (
    id uuid primary key,
    app_id uuid not null references app (id),
    key_hash bytea not null unique,
    -- Its last characters, by which people tell keys apart.
    hint text not null,
    created_at timestamptz not null,
    expires_at timestamptz
);
create index app_key_by_app on app_key (app_id, id);

-- Who did it: a member of staff, an app, or neither, which is the shop itself (its command line).
alter table staff_audit add column app_id uuid references app (id);

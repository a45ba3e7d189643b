-- What is switched while the shop runs: capabilities of the shop's own that are not as they come, and flags that its front
-- ends ask for. They are read with the shop's settings, whose version every change raises.
create table flag (
    name text primary key,
    description text not null,
    is_on boolean not null,
    -- Of those whom no rule names.
    percent integer not null check (percent between 0 and 100),
    rules jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);

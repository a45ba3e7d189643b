-- What was asked under a client's `Idempotency-Key`, for a day: who is at it, what of it was done, and what was answered.
create table keyed_request (
    -- SHA-256 of caller and key, in hexadecimal digits: the key itself opens the answer, and is not kept.
    id text primary key,
    caller text not null,
    -- SHA-256 of what was asked.
    request_hash bytea not null,
    -- Who holds it: a later hold has a greater one, and whoever had it before writes nothing any more.
    fence bigint not null,
    held_until timestamptz,
    -- What was done, each written by the transaction that did it: `field:number `, one after the other.
    done text not null,
    -- The answer, or as much of it as is final, sealed with the shop's secret and the key.
    answer bytea,
    answered_at timestamptz,
    created_at timestamptz not null
);
create index keyed_request_created_at on keyed_request (created_at);
create index keyed_request_caller on keyed_request (caller);

-- SQLite cannot take a NOT NULL away: the table is written anew.
create table idempotency_key_anew (
    caller text not null,
    key text not null,
    operation text not null,
    request_hash bytea not null,
    order_id uuid,
    created_at timestamptz not null,
    result_id uuid,
    subject text,
    primary key (caller, key)
);
insert into idempotency_key_anew (caller, key, operation, request_hash, order_id, created_at, result_id, subject)
    select caller, key, operation, request_hash, order_id, created_at, result_id, subject from idempotency_key;
drop table idempotency_key;
alter table idempotency_key_anew rename to idempotency_key;

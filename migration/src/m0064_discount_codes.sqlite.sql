-- Which tables can be exported stands in the code alone: the same table, without a list of them.
create table data_export_anew (
    id uuid primary key,
    kind text not null,
    status text not null check (status in ('RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
    storage_key uuid not null,
    pieces bigint not null,
    byte_size bigint not null,
    layout jsonb not null,
    cursor uuid,
    things_done bigint not null,
    things_total bigint not null,
    actor text not null,
    staff_member_id uuid references staff_member (id),
    app_id uuid references app (id),
    currency text not null,
    error text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    finished_at timestamptz
);
insert into data_export_anew select id, kind, status, storage_key, pieces, byte_size, layout, cursor, things_done,
    things_total, actor, staff_member_id, app_id, currency, error, created_at, updated_at, finished_at from data_export;
drop table data_export;
alter table data_export_anew rename to data_export;
create index data_export_by_status on data_export (status, updated_at);
create index data_export_by_creation on data_export (created_at);

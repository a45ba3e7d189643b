-- SQLite cannot take a NOT NULL away: the table is written anew.
create table staff_audit_anew (
    id uuid primary key,
    staff_member_id uuid references staff_member (id),
    action text not null,
    object text not null,
    data jsonb not null,
    created_at timestamptz not null,
    app_id uuid references app (id)
);
insert into staff_audit_anew (id, staff_member_id, action, object, data, created_at, app_id)
    select id, staff_member_id, action, object, data, created_at, app_id from staff_audit;
drop table staff_audit;
alter table staff_audit_anew rename to staff_audit;
create index staff_audit_by_time on staff_audit (created_at, id);
create index staff_audit_by_staff_member on staff_audit (staff_member_id, created_at, id);
create index staff_audit_by_app on staff_audit (app_id, created_at, id) where app_id is not null;
create index staff_audit_by_object on staff_audit (object, created_at, id);
create index staff_audit_by_action on staff_audit (action, created_at, id);

-- The audit log is append-only, whoever connects.
create trigger staff_audit_not_updated before update on staff_audit
begin
    select raise(abort, 'staff_audit is append-only');
end;
create trigger staff_audit_not_deleted before delete on staff_audit
begin
    select raise(abort, 'staff_audit is append-only');
end;

insert into staff_role (id, handle, name, built_in, permissions, created_at, updated_at) values
    (x'00000000000070008000000000000001', 'administrator', 'Administrator', 'ADMINISTRATOR', '',
        '2026-11-01T00:00:00+00:00', '2026-11-01T00:00:00+00:00'),
    (x'00000000000070008000000000000002', 'fulfilment', 'Fulfilment', 'FULFILMENT', '',
        '2026-11-01T00:00:00+00:00', '2026-11-01T00:00:00+00:00');

alter table staff_audit alter column staff_member_id drop not null;
create index staff_audit_by_time on staff_audit (created_at, id);
create index staff_audit_by_staff_member on staff_audit (staff_member_id, created_at, id);
create index staff_audit_by_app on staff_audit (app_id, created_at, id) where app_id is not null;
create index staff_audit_by_object on staff_audit (object, created_at, id);
create index staff_audit_by_action on staff_audit (action, created_at, id);

-- The audit log is append-only, whoever connects.
do $$
begin
    -- By its whole name: a function of a session's own schema is found by no other.
    execute format('create trigger staff_audit_append_only before update or delete on staff_audit
        for each row execute function %I.refuse_change()', current_schema());
end
$$;

insert into staff_role (id, handle, name, built_in, permissions, created_at, updated_at) values
    ('00000000-0000-7000-8000-000000000001', 'administrator', 'Administrator', 'ADMINISTRATOR', '',
        '2026-11-01T00:00:00+00:00', '2026-11-01T00:00:00+00:00'),
    ('00000000-0000-7000-8000-000000000002', 'fulfilment', 'Fulfilment', 'FULFILMENT', '',
        '2026-11-01T00:00:00+00:00', '2026-11-01T00:00:00+00:00');

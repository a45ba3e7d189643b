-- A column's condition goes with the column alone.
drop index shipment_by_status;
alter table shipment add column status_now text not null default 'PACKED' check (status_now in ('PACKED', 'DISPATCHED',
    'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED', 'DELIVERED', 'RETURNED', 'CANCELLED'));
update shipment set status_now = status;
alter table shipment drop column status;
alter table shipment rename column status_now to status;
create index shipment_by_status on shipment (status, heard_at);

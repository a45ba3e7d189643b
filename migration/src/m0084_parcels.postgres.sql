alter table shipment drop constraint if exists shipment_status_check;
alter table shipment add constraint shipment_status_check check (status in ('PACKED', 'DISPATCHED', 'IN_TRANSIT',
    'OUT_FOR_DELIVERY', 'DELIVERY_FAILED', 'DELIVERED', 'RETURNED', 'CANCELLED'));

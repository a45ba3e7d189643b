-- Parcels of their own: an order goes in parts, from several locations, and each part is followed until it has arrived.
alter table shipment add column weight_grams integer check (weight_grams > 0);
alter table shipment add column length_mm integer check (length_mm > 0);
alter table shipment add column width_mm integer check (width_mm > 0);
alter table shipment add column height_mm integer check (height_mm > 0);
-- When the carrier had it get where it is; null while only the shop has told of it.
alter table shipment add column status_at timestamptz;
alter table shipment add column dispatched_at timestamptz;
alter table shipment add column delivered_at timestamptz;
-- When it was last heard of.
alter table shipment add column heard_at timestamptz;
-- Grows with every change.
alter table shipment add column version bigint not null default 1;
update shipment set dispatched_at = created_at, heard_at = created_at;
create index shipment_by_status on shipment (status, heard_at);

-- From where its units leave. Null for parcels of earlier versions.
alter table shipment_line add column location_id uuid references location (id);
create index shipment_line_of_order_line on shipment_line (order_line_id);

-- The numbers by which carriers know a parcel. The first stands in `shipment`, too.
create table shipment_tracking (
    shipment_id uuid not null references shipment (id),
    position integer not null check (position >= 0),
    carrier text,
    number text not null,
    -- The number without what people put between its characters, in capitals.
    number_key text not null,
    url text,
    primary key (shipment_id, position)
);
create index shipment_tracking_by_number on shipment_tracking (number_key);
insert into shipment_tracking (shipment_id, position, carrier, number, number_key, url)
select id, 0, carrier, tracking_number, upper(replace(replace(tracking_number, ' ', ''), '-', '')), tracking_url
from shipment where tracking_number is not null;

-- What was told of parcels, by carriers and by staff. Whatever was told stays, whether anything followed from it or not.
create table shipment_event (
    id uuid primary key,
    -- Who told it: the name of a carrier's webhook, or `staff`.
    source text not null,
    -- The carrier's own id of it; an event is kept once.
    event_key text not null,
    -- Null while no parcel has its number.
    shipment_id uuid references shipment (id),
    number_key text,
    kind text not null check (kind in ('LABEL_MADE', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED', 'DELIVERED', 'RETURNED')),
    -- In the carrier's words.
    message text,
    place text,
    -- Whether the parcel moved by it.
    applied boolean not null,
    actor text not null,
    happened_at timestamptz not null,
    received_at timestamptz not null,
    unique (source, event_key)
);
create index shipment_event_of_shipment on shipment_event (shipment_id, happened_at);
create index shipment_event_by_number on shipment_event (number_key) where shipment_id is null;
create index shipment_event_by_receipt on shipment_event (received_at);

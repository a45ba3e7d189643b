-- Whether what stands on its label is still to be handed over, where the shop hands it over.
alter table shipment add column label_due boolean not null default false;
create index shipment_label_due on shipment (created_at) where label_due;

-- A revision of what carts and orders are priced by besides their goods: zones, shipping methods, locations, tax rates, and
-- the policies in force. Whoever keeps these in memory reads the revision in a statement that is run anyway, and reads
-- them anew where it is another. No revision comes twice, so that what was read of a change that was taken back is never
-- taken for another. Triggers renew it, in the transaction of the change.
create table checkout_revision (
    id integer primary key check (id = 1),
    revision text not null
);

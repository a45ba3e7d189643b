-- The price of a gift card is paid back: the card loses it.
alter table credit_entry drop constraint credit_entry_kind_check;
alter table credit_entry add constraint credit_entry_kind_check
    check (kind in ('ISSUED', 'REDEEMED', 'GIVEN_BACK', 'REFUNDED', 'ADJUSTED', 'EXPIRED', 'WITHDRAWN'));

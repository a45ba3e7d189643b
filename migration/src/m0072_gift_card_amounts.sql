-- Between which amounts the buyer of a gift card may choose, in steps of which: {"currency", "minimum_minor", "maximum_minor",
-- "step_minor"}. Null: it costs its price.
alter table variant add column gift_card_amounts jsonb;

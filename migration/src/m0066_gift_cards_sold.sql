-- Whether it is a gift card: each unit that is paid becomes one, worth its price. It is neither sent nor taxed.
alter table variant add column gift_card boolean not null default false;
-- Most shops have none, and are asked nothing more for it.
create index variant_gift_card on variant (id) where gift_card;

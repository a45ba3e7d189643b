-- Whether what a payment holds is captured in parts: for some providers that depends on the shopper's card, and the provider tells
-- it with the authorization.
alter table payment add column captures_in_parts boolean not null default false;
-- It always could.
update payment set captures_in_parts = true where provider = 'simulated';

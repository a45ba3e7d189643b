-- Orders of guests that know their person still, by when they were placed: what is to be erased is found without a look at
-- all that was before.
create index orders_of_guests on orders (placed_at) where customer_id is null and email <> 'erased@erased.invalid';

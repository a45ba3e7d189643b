-- A cart is changed a few times and then ordered. As long as no index is about when it was changed, a change leaves all of
-- them alone: PostgreSQL writes the row's next version beside it, and SQLite nothing but the row.
create index cart_of_customer on cart (customer_id, created_at);
create index cart_of_guest_by_age on cart (created_at) where customer_id is null and order_id is null;

drop index cart_by_customer;
drop index cart_of_guest;

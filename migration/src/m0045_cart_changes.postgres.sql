drop index cart_by_customer;
drop index cart_of_guest;
-- Room in each page for the next versions of its rows.
alter table cart set (fillfactor = 70);
alter table stock set (fillfactor = 70);

-- How many units of each product were sold, counted as orders are confirmed and cancelled. It refers to no product:
-- whoever counts waits for nobody who changes one.
create table product_sold (
    product_id uuid primary key,
    units bigint not null
);
insert into product_sold (product_id, units)
select l.product_id, cast(sum(l.quantity) as bigint)
from order_line l join orders o on o.id = l.order_id
where o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED')
group by l.product_id;

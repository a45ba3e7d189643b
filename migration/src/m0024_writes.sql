-- How many units of each product were sold. It refers to no product: whoever counts waits for nobody who changes one.
create table product_sold (
    product_id uuid primary key,
    units bigint not null
);
insert into product_sold (product_id, units)
select l.product_id, cast(sum(l.quantity) as bigint)
from order_line l join orders o on o.id = l.order_id
where o.status in ('CONFIRMED', 'DISPATCHED', 'COMPLETED')
group by l.product_id;

-- Sales that are not counted there yet, and what was given back (less than nothing): written as orders are confirmed and
-- cancelled. Two orders of the same goods write rows of their own, and neither waits for the other.
create table product_sale (
    line_id uuid not null,
    product_id uuid not null,
    units bigint not null,
    primary key (line_id, units)
);

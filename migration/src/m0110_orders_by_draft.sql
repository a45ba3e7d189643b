-- Orders are found by the number of the draft order that they were, too: those that were placed before, from now on.
update order_search set words = words || (
    select lower(d.number) from draft_order d where d.order_id = order_search.order_id
) || '
'
where order_id in (select d.order_id from draft_order d where d.order_id is not null);

-- What a refund is for, where staff said so: which units of which lines, and how much of it is theirs.
create table refund_line (
    refund_id uuid not null references refund (id),
    order_line_id uuid not null references order_line (id),
    quantity integer not null check (quantity > 0),
    amount_minor bigint not null check (amount_minor >= 0),
    primary key (refund_id, order_line_id)
);
create index refund_line_of_order_line on refund_line (order_line_id);

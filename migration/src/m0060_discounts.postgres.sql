-- Categories, too: a discount for one is for all that lies beneath.
create constraint trigger discount_changed_for_checkout after insert or update or delete on discount
    deferrable initially deferred for each row execute function renew_checkout_revision();
create constraint trigger category_changed_for_checkout after insert or update or delete on category
    deferrable initially deferred for each row execute function renew_checkout_revision();

create trigger discount_truncated_for_checkout after truncate on discount
    for each statement execute function renew_checkout_revision();
create trigger category_truncated_for_checkout after truncate on category
    for each statement execute function renew_checkout_revision();

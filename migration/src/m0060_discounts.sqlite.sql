-- Categories, too: a discount for one is for all that lies beneath.
create trigger discount_inserted_for_checkout after insert on discount begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger discount_updated_for_checkout after update on discount begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger discount_deleted_for_checkout after delete on discount begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

create trigger category_inserted_for_checkout after insert on category begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger category_updated_for_checkout after update on category begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger category_deleted_for_checkout after delete on category begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

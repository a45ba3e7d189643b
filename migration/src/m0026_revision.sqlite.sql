insert into checkout_revision (id, revision) values (1, lower(hex(randomblob(16))));

create trigger shipping_zone_inserted_for_checkout after insert on shipping_zone begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger shipping_zone_updated_for_checkout after update on shipping_zone begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger shipping_zone_deleted_for_checkout after delete on shipping_zone begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

create trigger shipping_method_inserted_for_checkout after insert on shipping_method begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger shipping_method_updated_for_checkout after update on shipping_method begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger shipping_method_deleted_for_checkout after delete on shipping_method begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

create trigger location_inserted_for_checkout after insert on location begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger location_updated_for_checkout after update on location begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger location_deleted_for_checkout after delete on location begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

create trigger tax_rate_inserted_for_checkout after insert on tax_rate begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger tax_rate_updated_for_checkout after update on tax_rate begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger tax_rate_deleted_for_checkout after delete on tax_rate begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

create trigger page_inserted_for_checkout after insert on page begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger page_updated_for_checkout after update on page begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger page_deleted_for_checkout after delete on page begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

create trigger page_version_inserted_for_checkout after insert on page_version begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger page_version_updated_for_checkout after update on page_version begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;
create trigger page_version_deleted_for_checkout after delete on page_version begin
    update checkout_revision set revision = lower(hex(randomblob(16)));
end;

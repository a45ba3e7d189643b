create trigger quantity_price_inserted_publicly after insert on quantity_price begin
    insert into public_change_note values
        ('quantity_price', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger quantity_price_updated_publicly after update on quantity_price begin
    insert into public_change_note values
        ('quantity_price', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger quantity_price_deleted_publicly after delete on quantity_price begin
    insert into public_change_note values
        ('quantity_price', (select product_id from variant where id = old.variant_id), old.variant_id);
end;
create trigger quantity_price_left_publicly after update on quantity_price when old.variant_id is not new.variant_id begin
    insert into public_change_note values
        ('quantity_price', (select product_id from variant where id = old.variant_id), old.variant_id);
end;

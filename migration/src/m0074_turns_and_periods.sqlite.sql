-- Shoppers see until when a price holds.
create trigger price_schedule_inserted_publicly after insert on price_schedule begin
    insert into public_change_note values
        ('price_schedule', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger price_schedule_updated_publicly after update on price_schedule begin
    insert into public_change_note values
        ('price_schedule', (select product_id from variant where id = new.variant_id), new.variant_id);
end;
create trigger price_schedule_deleted_publicly after delete on price_schedule begin
    insert into public_change_note values
        ('price_schedule', (select product_id from variant where id = old.variant_id), old.variant_id);
end;

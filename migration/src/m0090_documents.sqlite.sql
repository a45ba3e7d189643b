-- A document never changes and never goes, whoever connects; only what it says is forgotten once it was kept long enough.
create trigger document_not_updated before update on document
when new.content is not null or old.id is not new.id or old.kind is not new.kind or old.number is not new.number
    or old.series_year is not new.series_year or old.series_number is not new.series_number
    or old.order_id is not new.order_id or old.order_number is not new.order_number
    or old.subject_id is not new.subject_id or old.corrects_id is not new.corrects_id
    or old.issued_on is not new.issued_on or old.currency is not new.currency
    or old.tax_minor is not new.tax_minor or old.total_minor is not new.total_minor
    or old.content_sha256 is not new.content_sha256 or old.created_at is not new.created_at
begin
    select raise(abort, 'a document never changes');
end;
create trigger document_not_deleted before delete on document
begin
    select raise(abort, 'a document is never deleted');
end;

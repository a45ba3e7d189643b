//! The numbers of documents have neither gaps nor doubles, and what is taken back of an invoice is what it says.

use sea_orm::DatabaseConnection;

use super::found_by;

pub(super) async fn violations(db: &DatabaseConnection) -> Vec<String> {
    let checks = [
        (
            "the series {} has gaps",
            "select s.kind as name from document_series s where s.last_number <> \
             (select count(*) from document d where d.kind = s.kind and d.series_year = s.year) or s.last_number <> \
             (select coalesce(max(d.series_number), 0) from document d where d.kind = s.kind and d.series_year = s.year)",
        ),
        (
            "the document {} is of no series",
            "select d.number as name from document d where not exists \
             (select 1 from document_series s where s.kind = d.kind and s.year = d.series_year)",
        ),
        (
            "the credit notes of {} take back all of it, and another tax",
            "select i.number as name from document i where i.kind = 'INVOICE' and i.total_minor > 0 and i.total_minor = \
             (select coalesce(sum(c.total_minor), 0) from document c where c.corrects_id = i.id) and i.tax_minor <> \
             (select sum(c.tax_minor) from document c where c.corrects_id = i.id)",
        ),
    ];
    found_by(db, &checks).await
}

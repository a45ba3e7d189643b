//! The numbers of documents have neither gaps nor doubles.

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
    ];
    found_by(db, &checks).await
}

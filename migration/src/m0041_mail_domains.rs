//! Mail addresses whose domain has letters beyond ASCII, as people read them: versions before kept them as they were typed,
//! `ada@xn--mller-kva.example` too, and since then a mailbox has one spelling.

use idna::domain_to_unicode;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, Statement},
};

/// Where addresses are looked up, and whether two rows may have the same. One that another row has by its other
/// spelling stays as it is: nobody can tell whose it is.
const TABLES: [(&str, bool); 10] = [
    ("customer", false),
    ("staff_member", false),
    ("staff_invitation", false),
    ("stock_alert", false),
    ("orders", true),
    ("cart", true),
    ("customer_sign_up", true),
    ("customer_email_change", true),
    ("customer_notice", true),
    ("person_export", true),
];

pub(super) struct MailDomains;

impl MigrationName for MailDomains {
    fn name(&self) -> &str {
        "m0041_mail_domains"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for MailDomains {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let backend = manager.get_database_backend();
        for (table, may_repeat) in TABLES {
            let stored = format!("select distinct email from {table} where email like '%@%xn--%'");
            for row in db.query_all_raw(Statement::from_string(backend, stored)).await? {
                let stored: String = row.try_get_by_index(0)?;
                let Some(read) = as_read(&stored) else { continue };
                let guard = match may_repeat {
                    true => "",
                    false => " and not exists (select 1 from {table} where email = $2)",
                };
                let sql = format!(
                    "update {table} set email = $2 where email = $1{}",
                    guard.replace("{table}", table)
                );
                db.execute_raw(Statement::from_sql_and_values(
                    backend,
                    sql,
                    [stored.into(), read.into()],
                ))
                .await?;
            }
        }
        Ok(())
    }
}

/// An address with its domain as people read it; nothing where that is what it is, or where the domain is none.
fn as_read(email: &str) -> Option<String> {
    let (local, domain) = email.rsplit_once('@')?;
    let (read, outcome) = domain_to_unicode(domain);
    let read = format!("{local}@{read}");
    (outcome.is_ok() && read != email).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_written_as_it_is_read() {
        assert_eq!(
            as_read("ada@xn--mller-kva.example").as_deref(),
            Some("ada@müller.example")
        );
        for kept in ["ada@example.com", "ada@müller.example", "ada@xn--a.example", "xn--ada"] {
            assert_eq!(as_read(kept), None, "{kept}");
        }
    }
}

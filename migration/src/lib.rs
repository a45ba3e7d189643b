//! The history of the database's schema, frozen: a released migration is never edited, and imports
//! nothing of ours.
//!
//! A migration is one SQL file that PostgreSQL and SQLite both read. SQLite accepts PostgreSQL's
//! type names (and ignores most of them), so the text is written once; what they cannot both read,
//! such as a trigger, stands in a file of each, and what neither can do, in one of Rust. To add one, write the next `m00…_….sql` beside this file
//! and name it in [`Migrator`].
//!
//! Each is one transaction, so that what fails leaves nothing. One that is `apart` is none on PostgreSQL: there alone an index
//! is built while others write (`create index concurrently`). [`judge`] says of each statement what it does to an open shop.

pub mod apart;
pub mod judge;
mod m0041_mail_domains;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The migration of this name; `its own` where each database has a file of its own beside the shared one.
macro_rules! migration {
    ($name:literal) => {
        migration!(@ $name, "", "", false)
    };
    // Its statements are run one by one, and again from the first one where one failed: each must bear that.
    ($name:literal, apart) => {
        migration!(@ $name, "", "", true)
    };
    ($name:literal, its own) => {
        migration!(
            @ $name,
            include_str!(concat!($name, ".postgres.sql")),
            include_str!(concat!($name, ".sqlite.sql")),
            false
        )
    };
    (@ $name:literal, $postgres:expr, $sqlite:expr, $apart:expr) => {
        Box::new(SqlMigration {
            name: $name,
            sql: include_str!(concat!($name, ".sql")),
            postgres: $postgres,
            sqlite: $sqlite,
            apart: $apart,
        })
    };
}

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl Migrator {
    fn all() -> Vec<Box<dyn Migration>> {
        vec![
            migration!("m0001_shop"),
            migration!("m0002_payments", its own),
            migration!("m0003_jobs"),
            migration!("m0004_rooms", its own),
            migration!("m0005_settings"),
            migration!("m0006_delivery"),
            migration!("m0007_catalog"),
            migration!("m0008_products"),
            migration!("m0009_media"),
            migration!("m0010_staff", its own),
            migration!("m0011_order_desk"),
            migration!("m0012_content"),
            migration!("m0013_stock"),
            migration!("m0014_bulk"),
            migration!("m0015_search", its own),
            migration!("m0016_downloads_and_desk"),
            migration!("m0017_back_in_stock"),
            migration!("m0018_catalog_rest"),
            migration!("m0019_accounts"),
            migration!("m0020_tokens"),
            migration!("m0021_identities"),
            migration!("m0022_customer_identities"),
            migration!("m0024_writes"),
            migration!("m0025_growth", its own),
            // It watches what those before it have made.
            migration!("m0023_answers", its own),
            migration!("m0026_revision", its own),
            migration!("m0032_title_order"),
            migration!("m0035_keyed_requests"),
            migration!("m0037_readiness"),
            migration!("m0040_product_words"),
            Box::new(m0041_mail_domains::MailDomains),
            migration!("m0042_accounts", its own),
            migration!("m0043_revision_last", its own),
            migration!("m0044_guest_orders"),
            migration!("m0045_cart_changes", its own),
            migration!("m0047_markets"),
            migration!("m0050_translations"),
            migration!("m0051_price_history", its own),
            migration!("m0052_rates_and_goods"),
            migration!("m0053_price_schedules"),
            migration!("m0054_customer_groups"),
            migration!("m0055_trade", its own),
            migration!("m0056_company_orders"),
            migration!("m0057_languages"),
            migration!("m0058_spoken"),
            migration!("m0060_discounts", its own),
            migration!("m0061_refund_lines"),
            migration!("m0064_discount_codes", its own),
            migration!("m0065_credit", its own),
            migration!("m0066_gift_cards_sold"),
            migration!("m0069_product_import"),
            migration!("m0070_order_refunds"),
            migration!("m0071_gift_cards_refunded", its own),
            migration!("m0072_gift_card_amounts", its own),
            migration!("m0073_credit_watched"),
            migration!("m0074_turns_and_periods", its own),
            migration!("m0077_on_account"),
            migration!("m0078_purchase_requests"),
            migration!("m0084_parcels", its own),
            migration!("m0085_captures_in_parts"),
            migration!("m0086_parcel_labels"),
            migration!("m0087_returns", its own),
            migration!("m0088_claims"),
            migration!("m0090_documents", its own),
            migration!("m0095_drafts"),
            migration!("m0097_order_versions"),
            migration!("m0100_withdrawals", its own),
            migration!("m0101_return_refunds"),
            migration!("m0102_return_pictures"),
            migration!("m0103_held_in_parts"),
            migration!("m0105_turns"),
            migration!("m0106_synonyms_by_language"),
            migration!("m0107_requests_by_state"),
            migration!("m0110_orders_by_draft"),
            migration!("m0113_unlisted_goods", its own),
            migration!("m0114_said_findings"),
            migration!("m0116_line_weights"),
            migration!("m0122_events"),
            migration!("m0123_webhooks"),
            migration!("m0129_flags"),
            migration!("m0130_legacy_orders"),
            migration!("m0146_exchanges_passed_on"),
            migration!("m0147_exchange_days"),
            migration!("m0134_imported_orders"),
            migration!("m0135_imports_of_others"),
            migration!("m0143_saved_cards"),
            migration!("m0137_sms"),
            migration!("m0138_push"),
            migration!("m0151_provider_customers_renewed"),
            migration!("m0152_provider_customer_references", apart),
            migration!("m0154_imports_again"),
            migration!("m0155_erased_addresses"),
        ]
    }
}

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let all = Self::all().into_iter();
        all.map(|migration| -> Box<dyn MigrationTrait> { migration }).collect()
    }
}

/// The name and, in PostgreSQL's words, the text of every migration, oldest first; none of those that are Rust.
pub fn texts() -> Vec<(String, Option<String>)> {
    let all = Migrator::all();
    all.iter()
        .map(|migration| (migration.name().to_owned(), migration.text()))
        .collect()
}

trait Migration: MigrationTrait {
    /// What it says on PostgreSQL, where that is SQL.
    fn text(&self) -> Option<String>;
}

impl Migration for m0041_mail_domains::MailDomains {
    fn text(&self) -> Option<String> {
        None
    }
}

impl Migration for SqlMigration {
    fn text(&self) -> Option<String> {
        Some(format!("{}\n{}", self.sql, self.postgres))
    }
}

struct SqlMigration {
    name: &'static str,
    /// For both.
    sql: &'static str,
    postgres: &'static str,
    sqlite: &'static str,
    /// Whether it is no transaction on PostgreSQL.
    apart: bool,
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    /// Also on SQLite: a machine that loses its power in the middle of one begins it anew.
    fn use_transaction(&self) -> Option<bool> {
        Some(!self.apart)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        if self.apart {
            return apart::up(manager.get_connection(), self.sql).await;
        }
        let own = if is_postgres { self.postgres } else { self.sqlite };
        for sql in [self.sql, own].into_iter().filter(|sql| !sql.is_empty()) {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

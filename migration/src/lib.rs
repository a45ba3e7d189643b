//! The history of the database's schema, frozen: a released migration is never edited, and imports
//! nothing of ours.
//!
//! A migration is one SQL file that PostgreSQL and SQLite both read. SQLite accepts PostgreSQL's
//! type names (and ignores most of them), so the text is written once; what they cannot both read,
//! such as a trigger, stands in a file of each. To add one, write `m0005_….sql` beside this file
//! and name it in [`Migrator`].

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(SqlMigration {
                name: "m0001_shop",
                sql: include_str!("m0001_shop.sql"),
                postgres: "",
                sqlite: "",
            }),
            Box::new(SqlMigration {
                name: "m0002_payments",
                sql: include_str!("m0002_payments.sql"),
                postgres: include_str!("m0002_payments.postgres.sql"),
                sqlite: include_str!("m0002_payments.sqlite.sql"),
            }),
            Box::new(SqlMigration {
                name: "m0003_jobs",
                sql: include_str!("m0003_jobs.sql"),
                postgres: "",
                sqlite: "",
            }),
            Box::new(SqlMigration {
                name: "m0004_rooms",
                sql: include_str!("m0004_rooms.sql"),
                postgres: include_str!("m0004_rooms.postgres.sql"),
                sqlite: include_str!("m0004_rooms.sqlite.sql"),
            }),
            Box::new(SqlMigration {
                name: "m0009_media",
                sql: include_str!("m0009_media.sql"),
                postgres: "",
                sqlite: "",
            }),
        ]
    }
}

struct SqlMigration {
    name: &'static str,
    /// For both.
    sql: &'static str,
    postgres: &'static str,
    sqlite: &'static str,
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let own = match manager.get_database_backend() {
            DbBackend::Postgres => self.postgres,
            _ => self.sqlite,
        };
        for sql in [self.sql, own].into_iter().filter(|sql| !sql.is_empty()) {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

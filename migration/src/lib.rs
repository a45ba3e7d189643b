//! The history of the database's schema, frozen: a released migration is never edited, and imports
//! nothing of ours.
//!
//! A migration is one SQL file that PostgreSQL and SQLite both read. SQLite accepts PostgreSQL's
//! type names (and ignores most of them), so the text is written once. To add one, write
//! `m0002_….sql` beside this file and name it in [`Migrator`].

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Every migration, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(SqlMigration {
            name: "m0001_shop",
            sql: include_str!("m0001_shop.sql"),
        })]
    }
}

struct SqlMigration {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.sql).await?;
        Ok(())
    }
}

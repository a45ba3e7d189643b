//! How far the database's schema is, told without changing it.

use anyhow::Context;
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder, QuerySelect};
use vitrine_commerce::keyring::fingerprint;
use vitrine_entity::signing_key;
use vitrine_migration::{Migrator, MigratorTrait};

use super::database;
use crate::config::Config;

/// A schema beside what this program knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// What this program has and the database has not, oldest first.
    pub pending: Vec<String>,
    /// What a newer program has left there: this one runs on it.
    pub unknown: Vec<String>,
    pub applied: usize,
}

/// One connection to the database, and how far its schema is. `None` where there is no database yet: an SQLite file that nobody has
/// made.
///
/// # Errors
/// When the database does not answer.
pub async fn look(config: &Config) -> anyhow::Result<Option<(DatabaseConnection, Schema)>> {
    if database::is_in_memory(config) || database::file(config).is_some_and(|file| !file.exists()) {
        return Ok(None);
    }
    let db = database::open_one(config).await?;
    let applied = database::applied_migrations(&db)
        .await
        .context("reading the schema's version")?;
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let schema = Schema {
        unknown: applied.iter().filter(|name| !known.contains(name)).cloned().collect(),
        applied: applied.len(),
        pending: known.into_iter().filter(|name| !applied.contains(name)).collect(),
    };
    Ok(Some((db, schema)))
}

/// Whether the newest key that signs access tokens was made with one of the configured secrets; `None` where there is none, or no
/// configured secret.
///
/// # Errors
/// When the database does not answer.
pub async fn knows_secret(config: &Config, db: &DatabaseConnection) -> anyhow::Result<Option<bool>> {
    let Some(secret) = &config.auth.signing_secret else {
        return Ok(None);
    };
    let newest = signing_key::Entity::find()
        .order_by_desc(signing_key::Column::ActiveFrom)
        .limit(1);
    let newest = newest.one(db).await.context("reading the signing keys")?;
    let mut secrets = std::iter::once(secret).chain(&config.auth.signing_secrets_previous);
    Ok(newest.map(|key| secrets.any(|secret| fingerprint(secret.expose().as_bytes()) == key.secret_fingerprint)))
}

//! What this shop is called where others may be, too.

use anyhow::Context;
use sea_orm::{ActiveValue::Set, DatabaseConnection, EntityTrait};
use vitrine_entity::{ids::InstallationId, installation};

use super::Outside;

const ONLY_ROW: i32 = 1;

/// The shop's own name, which is made by whoever starts first.
pub(super) async fn find_or_make(db: &DatabaseConnection, outside: &Outside) -> anyhow::Result<InstallationId> {
    if let Some(id) = find(db).await? {
        return Ok(id);
    }
    let now = outside.clock.now();
    let row = installation::ActiveModel {
        only_row: Set(ONLY_ROW),
        id: Set(InstallationId(outside.ids.at(now))),
        created_at: Set(now),
    };
    installation::Entity::insert(row)
        .on_conflict_do_nothing_on([installation::Column::OnlyRow])
        .exec_without_returning(db)
        .await
        .context("naming the installation")?;
    // Another process may have been faster: whoever came first is right.
    find(db).await?.context("the installation has no name")
}

async fn find(db: &DatabaseConnection) -> anyhow::Result<Option<InstallationId>> {
    let row = installation::Entity::find_by_id(ONLY_ROW).one(db).await;
    Ok(row.context("reading the installation's name")?.map(|row| row.id))
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use crate::{boot::open_database, config::Config};

    use super::*;

    async fn empty(folder: &tempfile::TempDir) -> DatabaseConnection {
        let mut config = Config::default();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("shop.db").display());
        config.database.url = crate::config::Secret::new(url);
        crate::boot::migrate(&config).await.unwrap();
        open_database(&config).await.unwrap()
    }

    #[tokio::test]
    async fn whoever_comes_first_names_it_for_all() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (db, outside) = (empty(&folder).await, Outside::default());
        let made = join_all((0..8).map(|_| find_or_make(&db, &outside))).await;
        let first = *made[0].as_ref().unwrap();
        assert!(made.iter().all(|id| *id.as_ref().unwrap() == first), "{made:?}");
        assert_eq!(find_or_make(&db, &outside).await.unwrap(), first, "it stays");
        assert_ne!(find_or_make(&empty(&other).await, &outside).await.unwrap(), first);
    }
}

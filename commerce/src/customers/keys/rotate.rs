//! A key is replaced by the next: by the clock, or because somebody says so.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use vitrine_entity::signing_key::{self, Column};

use super::store::{ANNOUNCED_FOR, make, read};
use crate::{Context, Result, Shop, Tx, keyring::Keyring};

/// How a key is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// The next is announced first, and nobody notices.
    Announced,
    /// The next signs at once and all others verify nothing any more: every client refreshes. For a key that others
    /// may know.
    AtOnce,
}

/// Makes the next key where the newest is as old as the settings allow.
pub async fn rotate_if_due(shop: &Shop) -> Result<()> {
    let newest = read(&shop.db, &shop.settings)
        .await?
        .newest()
        .map(|key| key.active_from);
    if newest.is_none_or(|from| from + shop.settings.signing_key_lifetime > shop.now()) {
        return Ok(());
    }
    let context = Context::system(shop, "signing-keys");
    shop.transact(&context, |tx| async move {
        // Another worker may have been here.
        let keys = read(tx.db(), &shop.settings).await?;
        if keys.newest().map(|key| key.active_from) == newest {
            make(&tx, ANNOUNCED_FOR).await?;
            tracing::info!("the key that signs access tokens is replaced in an hour");
        }
        Ok(())
    })
    .await
}

/// Makes the next key. Gives all that there are by then.
pub(crate) async fn rotate(tx: &Tx, rotation: Rotation) -> Result<Keyring> {
    match rotation {
        Rotation::Announced => make(tx, ANNOUNCED_FOR).await,
        Rotation::AtOnce => {
            signing_key::Entity::update_many()
                .col_expr(Column::RetiredAt, Expr::value(tx.shop().now()))
                .filter(Column::RetiredAt.is_null())
                .exec(tx.db())
                .await?;
            make(tx, TimeDelta::zero()).await
        }
    }
}

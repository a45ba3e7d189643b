//! The slugs that products, categories and collections had before.
//!
//! A row names the thing and not its next slug, so that redirects form no chain, and a slug that is
//! given back or away needs no repair: whoever has a slug now is found by it first.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;
use vitrine_entity::{slug_redirect, slug_redirect::SlugKind};

use crate::{Context, Result, Shop, Tx, translations};

/// Keeps the slug that a thing had, for as long as nobody else has it.
pub(in crate::catalog) async fn keep(tx: &Tx, kind: SlugKind, slug: &str, target: Uuid) -> Result<()> {
    let row = slug_redirect::ActiveModel {
        kind: Set(kind),
        slug: Set(slug.to_owned()),
        target_id: Set(target),
        created_at: Set(tx.shop().now()),
    };
    let mut replace = OnConflict::columns([slug_redirect::Column::Kind, slug_redirect::Column::Slug]);
    replace.update_columns([slug_redirect::Column::TargetId, slug_redirect::Column::CreatedAt]);
    slug_redirect::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// The thing that a slug leads to which none has as its own: the one that has it in another language, of which those that the
/// caller asks for come first, else the one that had it last.
pub(in crate::catalog) async fn led_to(
    shop: &Shop,
    context: &Context,
    kind: SlugKind,
    slug: &str,
) -> Result<Option<Uuid>> {
    if shop.profile().languages.len() > 1 {
        let languages = translations::languages(shop, context);
        let found = translations::of_slug(&shop.db, kind, slug, &languages).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    target(&shop.db, kind, slug).await
}

/// The thing that had this slug last. It may be gone, and somebody else may have the slug now: ask for that first.
pub async fn target(db: &impl ConnectionTrait, kind: SlugKind, slug: &str) -> Result<Option<Uuid>> {
    let row = slug_redirect::Entity::find()
        .filter(slug_redirect::Column::Kind.eq(kind))
        .filter(slug_redirect::Column::Slug.eq(slug))
        .one(db)
        .await?;
    Ok(row.map(|row| row.target_id))
}

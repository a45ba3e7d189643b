//! A slug for a new product.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::product;

use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::slug::{is_slug, slugify},
};

/// How many numbers are tried before the product's own id is taken.
const NUMBERS_MAX: usize = 50;

/// The slug that was asked for, if it is free; else one made of the title, numbered where that is taken.
pub(super) async fn free(tx: &Tx, wanted: Option<&str>, title: &str, id: &str) -> Result<String> {
    if let Some(wanted) = wanted {
        if !is_slug(wanted) {
            let message = format!("`{wanted}` cannot stand in an address: use lower-case letters, digits and hyphens.");
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["slug"]).into());
        }
        if !taken(tx, &[wanted.to_owned()]).await?.is_empty() {
            let message = format!("The slug `{wanted}` is another product's.");
            return Err(Refusal::new(ErrorCode::Taken, message).at(&["slug"]).into());
        }
        return Ok(wanted.to_owned());
    }
    let base: String = slugify(title).chars().take(180).collect();
    if base.is_empty() {
        return Ok(id.replace('_', "-"));
    }
    let numbered = (2..=NUMBERS_MAX).map(|number| format!("{base}-{number}"));
    let candidates: Vec<_> = std::iter::once(base.clone()).chain(numbered).collect();
    let taken = taken(tx, &candidates).await?;
    let free = candidates.into_iter().find(|slug| !taken.contains(slug));
    Ok(free.unwrap_or_else(|| format!("{base}-{}", id.replace('_', "-"))))
}

async fn taken(tx: &Tx, slugs: &[String]) -> Result<Vec<String>> {
    let query = product::Entity::find()
        .select_only()
        .column(product::Column::Slug)
        .filter(product::Column::Slug.is_in(slugs));
    Ok(query.into_tuple().all(tx.db()).await?)
}

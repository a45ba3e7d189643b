//! Things by what a line names them by.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    category,
    ids::{CategoryId, ProductId},
    product, variant,
};

use super::Place;
use crate::{ErrorCode, Refusal, Result, language::messages, text};

impl Place<'_> {
    /// The product of an id or a slug; `fields` is how the line calls the two.
    pub(super) async fn product(&self, id: Option<&str>, slug: Option<&str>, fields: [&str; 2]) -> Result<ProductId> {
        let (id, slug) = one_of(id, slug, fields)?;
        if let Some(id) = id {
            let read = id.parse();
            return Ok(read.map_err(|_| Refusal::not_found("product").at(&[fields[0]]))?);
        }
        let found = product::Entity::find()
            .filter(product::Column::Slug.eq(text::normal(slug)))
            .filter(product::Column::DeletedAt.is_null())
            .one(self.tx.db())
            .await?;
        let found = found.ok_or_else(|| Refusal::not_found("product").at(&[fields[1]]))?;
        Ok(found.id)
    }

    /// The variant of an id or an SKU.
    pub(super) async fn variant(&self, id: Option<&str>, sku: Option<&str>) -> Result<variant::Model> {
        let fields = ["id", "sku"];
        let (id, sku) = one_of(id, sku, fields)?;
        let missing = |field| Refusal::not_found("variant").at(&[field]);
        let query = variant::Entity::find().filter(variant::Column::DeletedAt.is_null());
        let (query, field) = match id {
            Some(id) => {
                let id: vitrine_entity::ids::VariantId = id.parse().map_err(|_| missing("id"))?;
                (query.filter(variant::Column::Id.eq(id)), "id")
            }
            None => (query.filter(variant::Column::Sku.eq(text::normal(sku))), "sku"),
        };
        let found = query.one(self.tx.db()).await?;
        Ok(found.ok_or_else(|| missing(field))?)
    }

    /// The category of an id or a slug; `fields` is how the line calls the two.
    pub(super) async fn category(&self, id: Option<&str>, slug: Option<&str>, fields: [&str; 2]) -> Result<CategoryId> {
        let (id, slug) = one_of(id, slug, fields)?;
        if let Some(id) = id {
            let read = id.parse();
            return Ok(read.map_err(|_| Refusal::not_found("category").at(&[fields[0]]))?);
        }
        let found = category::Entity::find()
            .filter(category::Column::Slug.eq(text::normal(slug)))
            .filter(category::Column::DeletedAt.is_null())
            .one(self.tx.db())
            .await?;
        let found = found.ok_or_else(|| Refusal::not_found("category").at(&[fields[1]]))?;
        Ok(found.id)
    }
}

/// # Errors
/// Refuses a line that names a thing in both ways, or in none.
fn one_of<'a>(
    id: Option<&'a str>,
    name: Option<&'a str>,
    fields: [&str; 2],
) -> Result<(Option<&'a str>, &'a str), Refusal> {
    let either = || {
        let message = messages::bulk_either(fields[0], fields[1]);
        Refusal::new(ErrorCode::Invalid, message).at(&[fields[0]])
    };
    match (id, name) {
        (Some(id), None) => Ok((Some(id), "")),
        // No stored name has a NUL, and PostgreSQL would fail over one.
        (None, Some(name)) if !name.contains('\0') => Ok((None, name)),
        _ => Err(either()),
    }
}

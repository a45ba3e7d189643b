//! Staff give a variant values of attributes.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::VariantId, variant, variant_attribute as attribute};

use super::wanted::{AttributeValues, VALUES_MAX, Wanted, wanted};
use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    catalog::{edit, fields::Refusals, save::upsert},
    language::messages,
    staff::{Permission, audit, require},
};

/// Values to be given to a variant. Attributes that are not named keep theirs.
#[derive(Debug, Clone)]
pub struct VariantAttributesSet {
    pub variant: VariantId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub attributes: Vec<AttributeValues>,
}

/// Gives a variant values of the attributes that are named, and of no others. Its product is at its next version.
///
/// # Errors
/// Refuses a key that is not defined, and values that are not what a definition wants, each with its place.
pub async fn set_variant(shop: &Shop, context: &Context, input: VariantAttributesSet) -> Result<variant::Model> {
    require(context, Permission::Catalog)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let of = found(&tx, input.variant).await?;
        let product = edit::open(&tx, of.product_id, input.expected_version, "variantId").await?;
        // Once more, now that nobody deletes it.
        let variant = found(&tx, input.variant).await?;
        let mut refusals = Refusals::default();
        let wanted = wanted(&tx, &product, &input.attributes, &mut refusals).await?;
        let before = attribute::Entity::find().filter(attribute::Column::VariantId.eq(variant.id));
        let mut before = before.all(tx.db()).await?;
        let mut rows: Vec<_> = before
            .iter()
            .filter(|row| !wanted.contains_key(&row.name))
            .cloned()
            .collect();
        rows.extend(
            wanted
                .iter()
                .flat_map(|(name, values)| values.iter().map(|value| row(&variant, name, value))),
        );
        if rows.len() > VALUES_MAX {
            let message = messages::variant_attribute_values_max(VALUES_MAX, rows.len());
            refusals.refuse(&["attributes"], message);
        }
        refusals.any().map_err(Error::Refused)?;
        let key = |row: &attribute::Model| (row.name.clone(), row.value.clone());
        rows.sort_by_key(key);
        before.sort_by_key(key);
        if rows == before {
            return Ok(variant);
        }
        attribute::Entity::delete_many()
            .filter(attribute::Column::VariantId.eq(variant.id))
            .exec(tx.db())
            .await?;
        upsert(tx.db(), rows, None).await?;
        edit::close(&tx, product).await?;
        let names: Vec<_> = wanted.keys().collect();
        audit(
            &tx,
            "variant.attributes",
            variant.id.to_string(),
            json!({ "attributes": names }),
        )
        .await?;
        Ok(variant)
    })
    .await
}

async fn found(tx: &Tx, id: VariantId) -> Result<variant::Model> {
    let row = variant::Entity::find_by_id(id).one(tx.db()).await?;
    let row = row.filter(|row| row.deleted_at.is_none());
    Ok(row.ok_or_else(|| Refusal::not_found("variant").at(&["variantId"]))?)
}

fn row(variant: &variant::Model, name: &str, wanted: &Wanted) -> attribute::Model {
    attribute::Model {
        variant_id: variant.id,
        product_id: variant.product_id,
        name: name.to_owned(),
        value: wanted.value.clone(),
        number_micro: wanted.number_micro,
        position: wanted.position,
    }
}

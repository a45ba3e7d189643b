//! Staff give a product values of attributes.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::ProductId, product, product_attribute as attribute};

use super::wanted::{AttributeValues, VALUES_MAX, Wanted, wanted};
use crate::{
    Context, Error, Result, Shop,
    catalog::{edit, fields::Refusals, save::upsert},
    language::messages,
    staff::{Permission, audit, require},
};

/// Values to be given to a product. Attributes that are not named keep theirs.
#[derive(Debug, Clone)]
pub struct AttributesSet {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub attributes: Vec<AttributeValues>,
}

/// Gives a product values of the attributes that are named, and of no others.
///
/// # Errors
/// Refuses a key that is not defined, and values that are not what a definition wants, each with its place.
pub async fn set(shop: &Shop, context: &Context, input: AttributesSet) -> Result<product::Model> {
    require(context, Permission::Catalog)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let product = edit::open(&tx, input.product, input.expected_version, "productId").await?;
        let mut refusals = Refusals::default();
        let wanted = wanted(&tx, &product, &input.attributes, &mut refusals).await?;
        let mut rows = attribute::Entity::find()
            .filter(attribute::Column::ProductId.eq(product.id))
            .all(tx.db())
            .await?;
        let mut before = rows.clone();
        rows.retain(|row| !wanted.contains_key(&row.name));
        rows.extend(
            wanted
                .iter()
                .flat_map(|(name, values)| values.iter().map(|value| row(product.id, name, value))),
        );
        if rows.len() > VALUES_MAX {
            let message = messages::product_attribute_values_max(VALUES_MAX, rows.len());
            refusals.refuse(&["attributes"], message);
        }
        refusals.any().map_err(Error::Refused)?;
        let key = |row: &attribute::Model| (row.name.clone(), row.value.clone());
        rows.sort_by_key(key);
        before.sort_by_key(key);
        if rows == before {
            return Ok(product);
        }
        attribute::Entity::delete_many()
            .filter(attribute::Column::ProductId.eq(product.id))
            .exec(tx.db())
            .await?;
        upsert(tx.db(), rows, None).await?;
        let product = edit::close(&tx, product).await?;
        let names: Vec<_> = wanted.keys().collect();
        audit(
            &tx,
            "product.attributes",
            product.id.to_string(),
            json!({ "attributes": names }),
        )
        .await?;
        Ok(product)
    })
    .await
}

fn row(product_id: ProductId, name: &str, wanted: &Wanted) -> attribute::Model {
    attribute::Model {
        product_id,
        name: name.to_owned(),
        value: wanted.value.clone(),
        number_micro: wanted.number_micro,
        position: wanted.position,
    }
}

//! Staff put a product's variants into another order.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use vitrine_entity::ids::{ProductId, VariantId};

use super::{
    family::{Family, Paths},
    rows::Edited,
    update::{check_count, not_a_variant},
};
use crate::{
    Context, Result, Shop,
    catalog::fields::Refusals,
    language::messages,
    staff::{Permission, audit, require},
};

/// The order in which variants of a product are to be shown.
#[derive(Debug, Clone)]
pub struct VariantsReorder {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// Those that are left out follow, in the order that they have.
    pub variants: Vec<VariantId>,
}

/// Shows variants in another order.
///
/// # Errors
/// Refuses a variant that the product does not have.
pub async fn reorder(shop: &Shop, context: &Context, input: VariantsReorder) -> Result<Edited> {
    require(context, Permission::Catalog)?;
    check_count(input.variants.len())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut family = Family::open(&tx, input.product, input.expected_version).await?;
        let mut refusals = Refusals::default();
        let mut places = HashMap::new();
        for (index, id) in input.variants.iter().enumerate() {
            let path = index.to_string();
            if family.place(*id).is_none() {
                refusals.0.push(not_a_variant(&path).at(&["variantIds", &path]));
            }
            if places.insert(*id, index).is_some() {
                refusals.refuse(&["variantIds", &path], messages::variant_named_twice());
            }
        }
        family
            .variants
            .sort_by_key(|row| places.get(&row.id).copied().unwrap_or(usize::MAX));
        for (row, position) in family.variants.iter_mut().zip(0..) {
            row.position = position;
        }
        let before = family.product.version;
        let edited = family.close(&tx, &Paths::new(), refusals).await?;
        if edited.product.version != before {
            let data = json!({ "variants": input.variants });
            audit(&tx, "variants.reorder", edited.product.id.to_string(), data).await?;
        }
        let named: HashSet<_> = input.variants.iter().copied().collect();
        let ids: Vec<_> = edited
            .variants
            .iter()
            .map(|row| row.id)
            .filter(|id| named.contains(id))
            .collect();
        Ok(edited.only(&ids))
    })
    .await
}

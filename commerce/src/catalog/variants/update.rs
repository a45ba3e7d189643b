//! Staff change variants of a product, each in part.

use std::collections::HashSet;

use serde_json::json;
use vitrine_entity::ids::{ProductId, VariantId};

use super::{
    family::{Family, paths},
    fields::{VariantFields, apply, check_chosen},
    rows::Edited,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    catalog::{access::require_catalog, fields::Refusals},
    language::messages,
    staff::audit,
};

/// The most variants of one request.
const VARIANTS_AT_ONCE_MAX: usize = 250;

/// Which variant changes, and how.
#[derive(Debug, Clone)]
pub struct VariantChange {
    pub variant: VariantId,
    pub fields: VariantFields,
}

/// Changes of variants of one product.
#[derive(Debug, Clone)]
pub struct VariantsUpdate {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub variants: Vec<VariantChange>,
}

/// Changes variants, all of them or none.
///
/// # Errors
/// Refuses everything that is wrong, with the place of the variant in the input.
pub async fn update(shop: &Shop, context: &Context, input: VariantsUpdate) -> Result<Edited> {
    require_catalog(context)?;
    check_count(input.variants.len())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut family = Family::open(&tx, input.product, input.expected_version).await?;
        let mut refusals = Refusals::default();
        let mut seen = HashSet::new();
        for (index, change) in input.variants.iter().enumerate() {
            let path = index.to_string();
            if !seen.insert(change.variant) {
                refusals.refuse(&["variants", &path, "id"], messages::variant_named_twice());
                continue;
            }
            match family.place(change.variant) {
                Some(place) => {
                    apply(
                        &mut family,
                        place,
                        &change.fields,
                        tx.context().currency,
                        &path,
                        &mut refusals,
                    );
                    if change.fields.options.is_some() {
                        check_chosen(&family, place, &path, &mut refusals);
                    }
                }
                None => refusals.0.push(not_a_variant(&path)),
            }
        }
        let ids: Vec<_> = input.variants.iter().map(|change| change.variant).collect();
        let before = family.product.version;
        let edited = family.close(&tx, &paths(&ids), refusals).await?.only(&ids);
        if edited.product.version != before {
            let data = json!({ "variants": ids });
            audit(&tx, "variants.update", edited.product.id.to_string(), data).await?;
        }
        Ok(edited)
    })
    .await
}

/// # Errors
/// Refuses none, and more than one request may bring.
pub(super) fn check_count(count: usize) -> Result<(), Refusal> {
    if (1..=VARIANTS_AT_ONCE_MAX).contains(&count) {
        return Ok(());
    }
    let message = messages::variants_at_once(VARIANTS_AT_ONCE_MAX, count);
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["variants"]))
}

/// A variant that the product does not have.
pub(super) fn not_a_variant(path: &str) -> Refusal {
    Refusal::new(ErrorCode::NotFound, messages::variant_not_of_product()).at(&["variants", path, "id"])
}

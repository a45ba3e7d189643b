//! SKUs for variants that were given none: made of the product's slug and what the variant is chosen by.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{ids::VariantId, variant};

use crate::{Result, Tx, catalog::slug::slugify};

/// The most characters of what a SKU is made of; a number may follow.
const BASE_LENGTH_MAX: usize = 90;
/// How many numbers are tried before the variant's own id is taken.
const NUMBERS_MAX: usize = 20;
/// The most SKUs that are looked up in one statement.
const LOOKED_UP_MAX: usize = 2_000;

/// A variant that needs a SKU, and what it is made of.
pub(in crate::catalog) struct Wanted {
    pub(in crate::catalog) variant: VariantId,
    /// `oak-chair`, then the variant's option values.
    pub(in crate::catalog) parts: Vec<String>,
}

/// A SKU for each, that neither the shop's variants nor `own` (those of the same product) have.
pub(in crate::catalog) async fn name(
    tx: &Tx,
    wanted: &[Wanted],
    own: HashSet<String>,
) -> Result<HashMap<VariantId, String>> {
    let candidates: Vec<_> = wanted.iter().map(candidates).collect();
    let all: Vec<&String> = candidates.iter().flatten().collect();
    let mut taken = own;
    for skus in all.chunks(LOOKED_UP_MAX) {
        let found: Vec<String> = variant::Entity::find()
            .select_only()
            .column(variant::Column::Sku)
            .filter(variant::Column::Sku.is_in(skus.iter().map(|sku| sku.as_str())))
            .into_tuple()
            .all(tx.db())
            .await?;
        taken.extend(found);
    }
    let mut named = HashMap::new();
    for (wanted, candidates) in wanted.iter().zip(candidates) {
        let free = candidates.into_iter().find(|sku| !taken.contains(sku));
        let sku = free.unwrap_or_else(|| wanted.variant.to_string().to_uppercase());
        taken.insert(sku.clone());
        named.insert(wanted.variant, sku);
    }
    Ok(named)
}

fn candidates(wanted: &Wanted) -> Vec<String> {
    let parts = wanted.parts.iter().map(|part| slugify(part));
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    let base: String = parts.join("-").to_uppercase().chars().take(BASE_LENGTH_MAX).collect();
    if base.is_empty() {
        return Vec::new();
    }
    let numbered = (2..=NUMBERS_MAX).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).collect()
}

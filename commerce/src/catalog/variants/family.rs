//! A product with its options and all its variants: read whole, changed in memory, checked as a whole.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_entity::{
    ids::{ProductId, VariantId},
    price, product, product_option, variant,
};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::{edit, fields::Refusals, save::ONLY_VARIANT},
    language::{Message, messages},
};

/// The most variants of one product.
pub(super) const VARIANTS_MAX: usize = 2_048;

/// Where the input names each variant: `variants.0`, or `variantIds.0`.
pub(in crate::catalog) type Paths = HashMap<VariantId, [String; 2]>;

/// What a variant is chosen by, with its values in display order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalog) struct ProductOption {
    pub(in crate::catalog) name: String,
    pub(in crate::catalog) values: Vec<String>,
}

/// A product with its options and variants, as they are to be.
pub(in crate::catalog) struct Family {
    pub(in crate::catalog) product: product::Model,
    pub(in crate::catalog) options: Vec<ProductOption>,
    /// In display order, those that are deleted too.
    pub(in crate::catalog) variants: Vec<variant::Model>,
    /// In the caller's currency.
    pub(in crate::catalog) prices: HashMap<VariantId, price::Model>,
    pub(super) before: Before,
}

/// The rows as they are in the database.
#[derive(Default)]
pub(super) struct Before {
    pub(super) options: Vec<ProductOption>,
    pub(super) variants: HashMap<VariantId, variant::Model>,
    pub(super) prices: HashMap<VariantId, price::Model>,
}

impl Family {
    /// Reads and locks the product, which must be at the version that the member of staff saw.
    pub(in crate::catalog) async fn open(tx: &Tx, product: ProductId, expected_version: Option<i64>) -> Result<Self> {
        let product = edit::open(tx, product, expected_version, "productId").await?;
        Self::of(tx, product).await
    }

    /// Reads what belongs to a product whose row is locked.
    pub(in crate::catalog) async fn of(tx: &Tx, product: product::Model) -> Result<Self> {
        let options = product_option::Entity::find()
            .filter(product_option::Column::ProductId.eq(product.id))
            .order_by_asc(product_option::Column::Position)
            .all(tx.db())
            .await?;
        let options: Vec<_> = options
            .into_iter()
            .map(|row| ProductOption {
                values: strings(&row.values),
                name: row.name,
            })
            .collect();
        let variants = variant::Entity::find()
            .filter(variant::Column::ProductId.eq(product.id))
            .order_by_asc(variant::Column::Position)
            .order_by_asc(variant::Column::Id)
            .all(tx.db())
            .await?;
        let prices = price::Entity::find()
            .filter(price::Column::VariantId.is_in(variants.iter().map(|row| row.id)))
            .filter(price::Column::Currency.eq(tx.context().currency))
            .all(tx.db())
            .await?;
        let prices: HashMap<_, _> = prices.into_iter().map(|row| (row.variant_id, row)).collect();
        let before = Before {
            options: options.clone(),
            variants: variants.iter().map(|row| (row.id, row.clone())).collect(),
            prices: prices.clone(),
        };
        Ok(Self {
            product,
            options,
            variants,
            prices,
            before,
        })
    }

    /// The place of a variant that is not deleted.
    pub(super) fn place(&self, id: VariantId) -> Option<usize> {
        self.variants.iter().position(|row| row.id == id && live(row))
    }

    /// Gives a variant its option values, and the name that they make.
    pub(in crate::catalog) fn choose(&mut self, place: usize, values: Vec<String>) {
        self.variants[place].title = title(&values);
        self.variants[place].option_values = json!(values);
    }

    /// Refuses what would not hold together: too many variants, two that a shopper could not tell apart, two
    /// with one SKU. `paths` tells where the input names a variant.
    pub(in crate::catalog) fn check(&self, paths: &Paths, refusals: &mut Refusals) {
        let lively: Vec<_> = self.variants.iter().filter(|row| live(row)).collect();
        refusals.at_most("variants", lively.len(), VARIANTS_MAX);
        let (mut choices, mut skus) = (HashMap::new(), HashMap::new());
        for row in lively {
            if let Some(other) = choices.insert(strings(&row.option_values), row) {
                let message = messages::variants_alike(&other.sku, &row.sku);
                refuse(refusals, ErrorCode::Taken, [row, other], "options", paths, message);
            }
            if let Some(other) = skus.insert(row.sku.as_str(), row) {
                let message = messages::sku_of_two_variants(&row.sku);
                refuse(refusals, ErrorCode::Taken, [row, other], "sku", paths, message);
            }
        }
    }

    /// Variants whose rows differ from what is there, new ones too.
    pub(super) fn changed_variants(&self) -> Vec<&variant::Model> {
        let differs = |row: &&variant::Model| self.before.variants.get(&row.id) != Some(*row);
        self.variants.iter().filter(differs).collect()
    }

    /// Whose SKUs are new to them.
    pub(super) fn new_skus(&self) -> Vec<&variant::Model> {
        let is_new = |row: &&variant::Model| self.before.variants.get(&row.id).is_none_or(|old| old.sku != row.sku);
        self.variants.iter().filter(is_new).collect()
    }

    /// Variants that have no price any more, and prices that differ from what is there.
    pub(super) fn changed_prices(&self) -> (Vec<VariantId>, Vec<&price::Model>) {
        let gone: BTreeSet<_> = self.before.prices.keys().copied().collect();
        let gone = gone.into_iter().filter(|id| !self.prices.contains_key(id)).collect();
        let differs = |row: &&price::Model| self.before.prices.get(&row.variant_id) != Some(*row);
        (gone, self.prices.values().filter(differs).collect())
    }

    /// The names that its options have, for a message.
    pub(super) fn option_names(&self) -> String {
        let names: Vec<_> = self.options.iter().map(|option| format!("`{}`", option.name)).collect();
        names.join(", ")
    }

    /// Adds the values that variants name and options lack.
    pub(super) fn complete_options(&mut self) {
        let used: Vec<Vec<String>> = self
            .variants
            .iter()
            .filter(|row| live(row))
            .map(|row| strings(&row.option_values))
            .collect();
        for (index, option) in self.options.iter_mut().enumerate() {
            let mut known: HashSet<String> = option.values.iter().cloned().collect();
            for value in used.iter().filter_map(|values| values.get(index)) {
                if known.insert(value.clone()) {
                    option.values.push(value.clone());
                }
            }
        }
    }
}

/// Where the input names each variant.
pub(in crate::catalog) fn paths(ids: &[VariantId]) -> Paths {
    let path = |(index, id): (usize, &VariantId)| (*id, ["variants".to_owned(), index.to_string()]);
    ids.iter().enumerate().map(path).collect()
}

/// Whether a variant is not deleted.
pub(in crate::catalog) fn live(row: &variant::Model) -> bool {
    row.deleted_at.is_none()
}

/// What a variant with these option values is called.
pub(super) fn title(values: &[String]) -> String {
    if values.is_empty() {
        ONLY_VARIANT.to_owned()
    } else {
        values.join(" / ")
    }
}

/// A JSON list of strings.
pub(in crate::catalog) fn strings(json: &serde_json::Value) -> Vec<String> {
    let values = json.as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

fn refuse(
    refusals: &mut Refusals,
    code: ErrorCode,
    rows: [&variant::Model; 2],
    field: &str,
    paths: &Paths,
    message: Message,
) {
    let path = rows.iter().find_map(|row| paths.get(&row.id));
    refusals.0.push(at(Refusal::new(code, message), path, field));
}

/// Names the field of a variant's input, or its id where that is all that the input has of it.
pub(super) fn at(refusal: Refusal, path: Option<&[String; 2]>, field: &str) -> Refusal {
    match path {
        Some([list, place]) if list == "variants" => refusal.at(&[list, place, field]),
        Some([list, place]) => refusal.at(&[list, place]),
        None => refusal.at(&[field]),
    }
}

//! The rows that differ from what is there, planned product by product and written together.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    currency::Currency,
    ids::{CategoryId, ProductId, VariantId},
    picture, price, product, product_attribute, product_option, stock_policy, variant,
};

use super::{
    existing::Existing,
    rows::{attribute_rows, head, picture_rows, values_of, variant_row},
    upsert::{replace_price, replace_product, replace_variant, retire, upsert},
};
use crate::{
    Result, Shop, Tx,
    catalog::draft::ProductDraft,
    inventory::{self, Count},
    media,
};

/// What a draft changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::catalog) enum Change {
    Created,
    Updated,
    Nothing,
}

/// A product that was written, and whether it had to be.
#[derive(Debug, Clone, Copy)]
pub(in crate::catalog) struct Written {
    pub(in crate::catalog) product: ProductId,
    pub(in crate::catalog) change: Change,
}

/// Everything that has to be written for a batch of products.
#[derive(Default)]
pub(super) struct Plan {
    products: Vec<product::Model>,
    variants: Vec<variant::Model>,
    prices: Vec<price::Model>,
    /// Variants that a draft no longer names.
    retired: Vec<VariantId>,
    on_hand: Vec<Count>,
    policies: Vec<stock_policy::Model>,
    /// Whose rows are replaced as a whole.
    options_of: Vec<ProductId>,
    options: Vec<product_option::Model>,
    attributes_of: Vec<ProductId>,
    attributes: Vec<product_attribute::Model>,
    pictures_of: Vec<ProductId>,
    pictures: Vec<picture::Model>,
}

impl Plan {
    /// Compares a draft with what is there, and notes what differs.
    pub(super) fn add(
        &mut self,
        tx: &Tx,
        draft: &ProductDraft,
        category: Option<CategoryId>,
        existing: &Existing,
    ) -> Written {
        let shop = tx.shop();
        let before = existing.products.get(&draft.slug);
        let mut after = head(shop, draft, category, before);
        let id = after.id;
        let variants: Vec<_> = draft
            .variants
            .iter()
            .enumerate()
            .map(|(index, variant)| variant_row(shop, id, index, variant, existing))
            .collect();
        let changes = [
            before != Some(&after),
            self.plan_pictures(shop, id, draft, &variants, existing),
            self.plan_variants(tx.context().currency, id, draft, variants, existing),
            self.plan_options(id, draft, existing),
            self.plan_attributes(id, draft, existing),
        ];
        let change = match before {
            None => Change::Created,
            Some(_) if changes.contains(&true) => {
                after.updated_at = shop.now();
                Change::Updated
            }
            Some(_) => Change::Nothing,
        };
        if change != Change::Nothing {
            self.products.push(after);
        }
        Written { product: id, change }
    }

    fn plan_variants(
        &mut self,
        currency: Currency,
        product: ProductId,
        draft: &ProductDraft,
        rows: Vec<variant::Model>,
        existing: &Existing,
    ) -> bool {
        let counts = (
            self.variants.len(),
            self.prices.len(),
            self.on_hand.len(),
            self.retired.len(),
            self.policies.len(),
        );
        let kept: HashSet<VariantId> = rows.iter().map(|row| row.id).collect();
        for (row, wanted) in rows.into_iter().zip(&draft.variants) {
            let price = price::Model {
                variant_id: row.id,
                currency,
                amount_minor: wanted.price_minor,
                compare_at_minor: wanted.compare_at_minor,
            };
            if existing.prices.get(&row.id) != Some(&price) {
                self.prices.push(price);
            }
            let before = existing.stock.get(&row.id).map(|stock| stock.on_hand);
            let on_hand = wanted.on_hand.filter(|on_hand| before != Some(*on_hand));
            self.on_hand.extend(on_hand.map(|on_hand| Count {
                sku: row.sku.clone(),
                variant: row.id,
                on_hand,
            }));
            let policy = existing.policies.get(&row.id);
            let told = inventory::told(row.id, policy, wanted.tracked, wanted.sells_when_out);
            self.policies.extend(told);
            if existing.variants.get(&row.sku) != Some(&row) {
                self.variants.push(row);
            }
        }
        let gone = existing
            .variants
            .values()
            .filter(|row| row.product_id == product && row.active && !kept.contains(&row.id));
        self.retired.extend(gone.map(|row| row.id));
        counts
            != (
                self.variants.len(),
                self.prices.len(),
                self.on_hand.len(),
                self.retired.len(),
                self.policies.len(),
            )
    }

    fn plan_options(&mut self, product: ProductId, draft: &ProductDraft, existing: &Existing) -> bool {
        let rows: Vec<_> = draft
            .options
            .iter()
            .enumerate()
            .map(|(index, name)| product_option::Model {
                product_id: product,
                position: index as i32,
                name: name.clone(),
                values: json!(values_of(draft, index)),
            })
            .collect();
        let before = existing.options.get(&product);
        let changed = before.map_or(&[][..], Vec::as_slice) != rows;
        if changed {
            self.options_of.extend(before.map(|_| product));
            self.options.extend(rows);
        }
        changed
    }

    fn plan_attributes(&mut self, product: ProductId, draft: &ProductDraft, existing: &Existing) -> bool {
        let before = existing.attributes.get(&product);
        let rows = attribute_rows(product, &draft.attributes, &existing.definitions);
        let wanted: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.value.as_str())).collect();
        let there = before.map_or(&[][..], Vec::as_slice).iter();
        let changed = !there.map(|(name, value)| (name.as_str(), value.as_str())).eq(wanted);
        if changed {
            self.attributes_of.extend(before.map(|_| product));
            self.attributes.extend(rows);
        }
        changed
    }

    fn plan_pictures(
        &mut self,
        shop: &Shop,
        product: ProductId,
        draft: &ProductDraft,
        variants: &[variant::Model],
        existing: &Existing,
    ) -> bool {
        let rows = picture_rows(shop, product, draft, variants);
        let before = existing.pictures.get(&product);
        let changed = shown(before.map_or(&[], Vec::as_slice)) != shown(&rows);
        if changed {
            self.pictures_of.extend(before.map(|_| product));
            self.pictures.extend(rows);
        }
        changed
    }

    /// Writes it all, in the order in which the rows refer to each other.
    pub(super) async fn write(self, tx: &Tx) -> Result<()> {
        let db = tx.db();
        upsert(db, self.products, replace_product()).await?;
        upsert(db, self.variants, replace_variant()).await?;
        upsert(db, self.prices, replace_price()).await?;
        retire(db, &self.retired).await?;
        if !self.options_of.is_empty() {
            let stale = product_option::Column::ProductId.is_in(self.options_of);
            product_option::Entity::delete_many().filter(stale).exec(db).await?;
        }
        if !self.attributes_of.is_empty() {
            let stale = product_attribute::Column::ProductId.is_in(self.attributes_of);
            product_attribute::Entity::delete_many().filter(stale).exec(db).await?;
        }
        if !self.pictures_of.is_empty() {
            let stale = picture::Column::ProductId.is_in(self.pictures_of);
            picture::Entity::delete_many().filter(stale).exec(db).await?;
        }
        let sources = self.pictures.iter().map(|picture| picture.source.as_str());
        media::import::want(tx, sources).await?;
        upsert(db, self.options, None).await?;
        upsert(db, self.attributes, None).await?;
        upsert(db, self.pictures, None).await?;
        inventory::put_policies(tx, self.policies).await?;
        inventory::set_on_hand(tx, self.on_hand, "catalogue").await
    }
}

/// What of picture rows matters, in an order that does not depend on their ids.
fn shown(rows: &[picture::Model]) -> Vec<(i32, &str, &str, Option<VariantId>)> {
    let mut shown: Vec<_> = rows
        .iter()
        .map(|row| (row.position, row.source.as_str(), row.alt.as_str(), row.variant_id))
        .collect();
    shown.sort();
    shown
}

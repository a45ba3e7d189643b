//! The rows that differ from what is there, planned product by product and written together.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    currency::Currency,
    ids::{CategoryId, ProductId, VariantId},
    picture, price, product, product_attribute, product_option, stock_policy, variant,
};

use super::{
    complete::completed,
    existing::Existing,
    rows::{attribute_rows, head, picture_rows, values_of, variant_row},
    upsert::{replace_price, replace_product, replace_variant, retire, upsert},
};
use crate::{
    Result, Shop, Tx,
    catalog::draft::{Part, ProductDraft},
    events::{self, EventKind},
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
    /// Variants that are to have no price.
    unpriced: Vec<VariantId>,
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
        let draft = &*completed(draft, existing);
        let category = match before {
            Some(before) if draft.untold.contains(&Part::Category) => before.category_id,
            _ => category,
        };
        let mut after = head(shop, draft, category, before);
        let id = after.id;
        let mut variants: Vec<_> = draft
            .variants
            .iter()
            .enumerate()
            .map(|(index, variant)| variant_row(shop, id, index, variant, existing))
            .collect();
        keep_places(&mut variants, existing);
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
        match change {
            Change::Created => events::product(tx, EventKind::ProductCreated, &after, after.version),
            Change::Updated => events::product(tx, EventKind::ProductUpdated, &after, after.version + 1),
            Change::Nothing => {}
        }
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
        let counts = self.counts();
        let kept: HashSet<VariantId> = rows.iter().map(|row| row.id).collect();
        for (row, wanted) in rows.into_iter().zip(&draft.variants) {
            let price_before = existing.prices.get(&row.id);
            let price = price::Model {
                variant_id: row.id,
                currency,
                amount_minor: wanted.price_minor,
                compare_at_minor: wanted.compare_at_minor,
                fixed: true,
                lowest_minor: price_before.and_then(|before| before.lowest_minor),
            };
            if wanted.unpriced {
                self.unpriced.extend(price_before.map(|_| row.id));
            } else if price_before != Some(&price) {
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
        counts != self.counts()
    }

    /// How much there is to be written of variants.
    fn counts(&self) -> [usize; 6] {
        [
            self.variants.len(),
            self.prices.len(),
            self.unpriced.len(),
            self.on_hand.len(),
            self.retired.len(),
            self.policies.len(),
        ]
    }

    fn plan_options(&mut self, product: ProductId, draft: &ProductDraft, existing: &Existing) -> bool {
        let before = existing.options.get(&product);
        let rows: Vec<_> = draft
            .options
            .iter()
            .enumerate()
            .map(|(index, name)| product_option::Model {
                product_id: product,
                position: index as i32,
                name: name.clone(),
                values: json!(option_values(product, draft, index, existing)),
            })
            .collect();
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
        price::Entity::delete_many()
            .filter(price::Column::Currency.eq(tx.context().currency))
            .filter(price::Column::VariantId.is_in(self.unpriced))
            .exec(db)
            .await?;
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

/// Variants that stand in the order that is wanted keep their places, though there be gaps between them.
fn keep_places(rows: &mut [variant::Model], existing: &Existing) {
    let places = rows.iter().map(|row| Some(existing.variants.get(&row.sku)?.position));
    let Some(places) = places.collect::<Option<Vec<_>>>() else {
        return;
    };
    if places.is_sorted_by(|a, b| a < b) {
        rows.iter_mut()
            .zip(places)
            .for_each(|(row, place)| row.position = place);
    }
}

/// An option's values: those that there are keep their order, unless a variant had one and none has it now;
/// new ones come last.
fn option_values(product: ProductId, draft: &ProductDraft, index: usize, existing: &Existing) -> Vec<String> {
    let wanted = values_of(draft, index);
    let option = existing.options.get(&product).and_then(|options| options.get(index));
    let before: Vec<String> = option
        .filter(|option| draft.options.get(index) == Some(&option.name))
        .and_then(|option| serde_json::from_value(option.values.clone()).ok())
        .unwrap_or_default();
    let variants = existing.variants.values().filter(|row| row.product_id == product);
    let had: HashSet<&str> = variants
        .filter_map(|row| row.option_values.get(index)?.as_str())
        .collect();
    let stays = |value: &String| wanted.contains(&value.as_str()) || !had.contains(value.as_str());
    let mut values: Vec<String> = before.iter().filter(|value| stays(value)).cloned().collect();
    let new = wanted
        .into_iter()
        .filter(|value| !before.iter().any(|old| old == value));
    values.extend(new.map(str::to_owned));
    values
}

/// What of picture rows matters, in an order that does not depend on their ids. Of places only the order counts.
fn shown(rows: &[picture::Model]) -> Vec<(usize, &str, &str, Option<VariantId>)> {
    let mut places: Vec<i32> = rows.iter().map(|row| row.position).collect();
    places.sort_unstable();
    places.dedup();
    let ranks: HashMap<i32, usize> = places.into_iter().zip(0..).collect();
    let mut shown: Vec<_> = rows
        .iter()
        .map(|row| {
            let rank = ranks[&row.position];
            (rank, row.source.as_str(), row.alt.as_str(), row.variant_id)
        })
        .collect();
    shown.sort();
    shown
}

//! The rows that differ from what is there, planned product by product and written together.

use std::collections::HashSet;

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde_json::json;
use vitrine_entity::{
    ids::{CategoryId, PictureId, ProductId, VariantId},
    picture, price, product,
    product::ProductStatus,
    product_attribute, product_option, variant,
};

use super::{
    super::draft::{ProductDraft, VariantDraft},
    Change, Written,
    existing::Existing,
};
use crate::{Error, ErrorCode, Refusal, Result, Shop, Tx, inventory, transaction::is_unique_violation};

/// The most rows of one statement: some ten thousand bound values.
const ROWS_MAX: usize = 1_000;

/// What a variant without options is called.
const ONLY_VARIANT: &str = "Default";

/// Everything that has to be written for a batch of products.
#[derive(Default)]
pub(super) struct Rows {
    products: Vec<product::Model>,
    variants: Vec<variant::Model>,
    prices: Vec<price::Model>,
    /// Variants that a draft no longer names.
    retired: Vec<VariantId>,
    on_hand: Vec<(VariantId, i64)>,
    /// Whose rows are replaced as a whole.
    options_of: Vec<ProductId>,
    options: Vec<product_option::Model>,
    attributes_of: Vec<ProductId>,
    attributes: Vec<product_attribute::Model>,
    pictures_of: Vec<ProductId>,
    pictures: Vec<picture::Model>,
}

impl Rows {
    /// Compares a draft with what is there, and notes what differs.
    pub(super) fn plan(&mut self, shop: &Shop, draft: &ProductDraft, category: Option<CategoryId>, existing: &Existing) -> Written {
        let before = existing.products.get(&draft.slug);
        let mut after = head(shop, draft, category, before);
        let id = after.id;
        let variants: Vec<_> =
            draft.variants.iter().enumerate().map(|(index, variant)| variant_row(shop, id, index, variant, existing)).collect();
        let changes = [
            before != Some(&after),
            self.plan_pictures(shop, id, draft, &variants, existing),
            self.plan_variants(shop, id, draft, variants, existing),
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

    fn plan_variants(&mut self, shop: &Shop, product: ProductId, draft: &ProductDraft, rows: Vec<variant::Model>, existing: &Existing) -> bool {
        let counts = (self.variants.len(), self.prices.len(), self.on_hand.len(), self.retired.len());
        let kept: HashSet<VariantId> = rows.iter().map(|row| row.id).collect();
        for (row, wanted) in rows.into_iter().zip(&draft.variants) {
            let price = price::Model {
                variant_id: row.id,
                currency: shop.settings.currency.code().to_owned(),
                amount_minor: wanted.price_minor,
                compare_at_minor: wanted.compare_at_minor,
            };
            if existing.prices.get(&row.id) != Some(&price) {
                self.prices.push(price);
            }
            let on_hand = wanted.on_hand.filter(|on_hand| existing.on_hand.get(&row.id) != Some(on_hand));
            self.on_hand.extend(on_hand.map(|on_hand| (row.id, on_hand)));
            if existing.variants.get(&row.sku) != Some(&row) {
                self.variants.push(row);
            }
        }
        let gone = existing.variants.values().filter(|row| row.product_id == product && row.active && !kept.contains(&row.id));
        self.retired.extend(gone.map(|row| row.id));
        counts != (self.variants.len(), self.prices.len(), self.on_hand.len(), self.retired.len())
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
        let changed = before.map_or(&[][..], Vec::as_slice) != draft.attributes;
        if changed {
            self.attributes_of.extend(before.map(|_| product));
            let row = |(name, value): &(String, String)| product_attribute::Model { product_id: product, name: name.clone(), value: value.clone() };
            self.attributes.extend(draft.attributes.iter().map(row));
        }
        changed
    }

    fn plan_pictures(&mut self, shop: &Shop, product: ProductId, draft: &ProductDraft, variants: &[variant::Model], existing: &Existing) -> bool {
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
        upsert(db, self.options, None).await?;
        upsert(db, self.attributes, None).await?;
        upsert(db, self.pictures, None).await?;
        for (variant, on_hand) in self.on_hand {
            inventory::set_on_hand(tx, variant, on_hand, "catalogue").await?;
        }
        Ok(())
    }
}

/// The product's own row as it should be, its version and stamps as they are.
fn head(shop: &Shop, draft: &ProductDraft, category: Option<CategoryId>, before: Option<&product::Model>) -> product::Model {
    let now = shop.now();
    let status = match before {
        _ if draft.active => ProductStatus::Active,
        Some(before) if before.status == ProductStatus::Archived => ProductStatus::Archived,
        _ => ProductStatus::Draft,
    };
    product::Model {
        id: before.map_or_else(|| ProductId(shop.new_id()), |before| before.id),
        slug: draft.slug.clone(),
        title: draft.title.clone(),
        description_html: draft.description_html.clone(),
        vendor: draft.vendor.clone(),
        category_id: category,
        status,
        tags: json!(draft.tags),
        seo_title: draft.seo_title.clone(),
        seo_description: draft.seo_description.clone(),
        version: before.map_or(1, |before| before.version),
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: before.map_or(now, |before| before.updated_at),
    }
}

fn variant_row(shop: &Shop, product: ProductId, index: usize, draft: &VariantDraft, existing: &Existing) -> variant::Model {
    let title = if draft.option_values.is_empty() { ONLY_VARIANT.to_owned() } else { draft.option_values.join(" / ") };
    variant::Model {
        id: existing.variants.get(&draft.sku).map_or_else(|| VariantId(shop.new_id()), |row| row.id),
        product_id: product,
        sku: draft.sku.clone(),
        title,
        option_values: json!(draft.option_values),
        position: index as i32,
        active: true,
        weight_grams: draft.weight_grams,
        requires_shipping: draft.requires_shipping,
        tax_category: draft.tax_category.clone(),
        barcode: draft.barcode.clone(),
        low_stock_threshold: draft.low_stock_threshold,
    }
}

/// An option's values, each once, in the order in which the variants name them.
fn values_of(draft: &ProductDraft, option: usize) -> Vec<&str> {
    let mut values = Vec::new();
    for value in draft.variants.iter().filter_map(|variant| variant.option_values.get(option)) {
        if !values.contains(&value.as_str()) {
            values.push(value);
        }
    }
    values
}

/// A row a picture, and where it shows several variants, one for each of them at the same place.
fn picture_rows(shop: &Shop, product: ProductId, draft: &ProductDraft, variants: &[variant::Model]) -> Vec<picture::Model> {
    let mut rows = Vec::new();
    for (position, picture) in draft.pictures.iter().enumerate() {
        let first_of_source = draft.pictures.iter().position(|other| other.source == picture.source) == Some(position);
        let shows: Vec<_> = draft
            .variants
            .iter()
            .zip(variants)
            .filter(|(wanted, _)| first_of_source && wanted.picture.as_deref() == Some(&picture.source))
            .map(|(_, row)| Some(row.id))
            .collect();
        let row = |variant_id| picture::Model {
            id: PictureId(shop.new_id()),
            product_id: product,
            variant_id,
            source: picture.source.clone(),
            alt: picture.alt.clone(),
            position: position as i32,
        };
        if shows.is_empty() {
            rows.push(row(None));
        } else {
            rows.extend(shows.into_iter().map(row));
        }
    }
    rows
}

/// What of picture rows matters, in an order that does not depend on their ids.
fn shown(rows: &[picture::Model]) -> Vec<(i32, &str, &str, Option<VariantId>)> {
    let mut shown: Vec<_> = rows.iter().map(|row| (row.position, row.source.as_str(), row.alt.as_str(), row.variant_id)).collect();
    shown.sort();
    shown
}

fn replace_product() -> Option<OnConflict> {
    use product::Column as C;
    let next_version = Expr::col((product::Entity, C::Version)).add(1);
    let mut conflict = OnConflict::column(C::Id);
    conflict
        .update_columns([C::Title, C::DescriptionHtml, C::Vendor, C::CategoryId, C::Status, C::Tags])
        .update_columns([C::SeoTitle, C::SeoDescription, C::UpdatedAt])
        .value(C::Version, next_version);
    Some(conflict)
}

fn replace_variant() -> Option<OnConflict> {
    use variant::Column as C;
    let mut conflict = OnConflict::column(C::Id);
    conflict
        .update_columns([C::Title, C::OptionValues, C::Position, C::Active, C::WeightGrams, C::RequiresShipping])
        .update_columns([C::TaxCategory, C::Barcode, C::LowStockThreshold]);
    Some(conflict)
}

fn replace_price() -> Option<OnConflict> {
    use price::Column as C;
    let mut conflict = OnConflict::columns([C::VariantId, C::Currency]);
    conflict.update_columns([C::AmountMinor, C::CompareAtMinor]);
    Some(conflict)
}

async fn retire(db: &impl ConnectionTrait, variants: &[VariantId]) -> Result<()> {
    for ids in variants.chunks(ROWS_MAX) {
        variant::Entity::update_many()
            .col_expr(variant::Column::Active, Expr::value(false))
            .filter(variant::Column::Id.is_in(ids.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Inserts rows, a bounded number a statement; those that are there are replaced as `conflict` says.
async fn upsert<M, A>(db: &impl ConnectionTrait, rows: Vec<M>, conflict: Option<OnConflict>) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(ROWS_MAX).collect();
        let mut insert = A::Entity::insert_many(chunk);
        if let Some(conflict) = &conflict {
            insert = insert.on_conflict(conflict.clone());
        }
        insert.exec_without_returning(db).await.map_err(refuse_taken)?;
    }
    Ok(())
}

/// Somebody took the slug or SKU between our look and our write.
fn refuse_taken(error: sea_orm::DbErr) -> Error {
    if is_unique_violation(&error) {
        return Refusal::new(ErrorCode::Taken, "A slug or SKU was taken at this moment. Try again.").into();
    }
    error.into()
}

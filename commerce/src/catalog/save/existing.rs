//! What is there of the products of a batch, read with a fixed number of statements.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{ProductId, VariantId},
    picture, price, product, product_attribute, product_option, stock, stock_policy, variant,
};

use crate::{
    Result, Tx,
    catalog::{
        attributes::{self, Definition},
        draft::ProductDraft,
    },
    inventory, media,
};

/// The rows as they are before a batch is written.
#[derive(Default)]
pub(super) struct Existing {
    /// By slug.
    pub(super) products: HashMap<String, product::Model>,
    /// By SKU: the variants of these products, and whoever else has an SKU that is wanted.
    pub(super) variants: HashMap<String, variant::Model>,
    /// In the caller's currency.
    pub(super) prices: HashMap<VariantId, price::Model>,
    /// At the usual location, where an import counts.
    pub(super) stock: HashMap<VariantId, stock::Model>,
    pub(super) policies: HashMap<VariantId, stock_policy::Model>,
    pub(super) options: HashMap<ProductId, Vec<product_option::Model>>,
    /// In the order of the primary key.
    pub(super) attributes: HashMap<ProductId, Vec<(String, String)>>,
    pub(super) pictures: HashMap<ProductId, Vec<picture::Model>>,
    /// Those of the drafts' pictures that lie in the store, by their source.
    pub(super) stored: HashSet<String>,
    /// What named values must be.
    pub(super) definitions: Vec<Definition>,
}

impl Existing {
    pub(super) async fn load(tx: &Tx, drafts: &[&ProductDraft]) -> Result<Self> {
        let mut existing = Self::default();
        existing.load_products(tx, drafts).await?;
        if drafts
            .iter()
            .any(|draft| !draft.attributes.is_empty() || draft.told_attributes.is_some())
        {
            existing.definitions = attributes::read(tx.db(), false).await?;
        }
        let products: Vec<_> = existing.products.values().map(|product| product.id).collect();
        existing.load_variants(tx, drafts, &products).await?;
        let pictures = drafts.iter().flat_map(|draft| &draft.pictures);
        existing.stored = media::usable_sources(tx, pictures.map(|picture| picture.source.as_str())).await?;
        if !products.is_empty() {
            let variants: Vec<_> = existing.variants.values().map(|variant| variant.id).collect();
            existing.load_prices(tx, &variants).await?;
            existing.load_stock(tx, &variants).await?;
            existing.policies = inventory::policies_on(tx.db(), &variants).await?;
            existing.load_parts(tx, &products).await?;
        }
        Ok(existing)
    }

    async fn load_products(&mut self, tx: &Tx, drafts: &[&ProductDraft]) -> Result<()> {
        let rows = product::Entity::find()
            .filter(product::Column::Slug.is_in(drafts.iter().map(|draft| draft.slug.as_str())))
            .order_by_asc(product::Column::Id)
            // Two imports of one product wait for each other here (SQLite has one writer anyway).
            .lock_exclusive()
            .all(tx.db())
            .await?;
        self.products = rows.into_iter().map(|row| (row.slug.clone(), row)).collect();
        Ok(())
    }

    async fn load_variants(&mut self, tx: &Tx, drafts: &[&ProductDraft], products: &[ProductId]) -> Result<()> {
        let wanted = drafts
            .iter()
            .flat_map(|draft| &draft.variants)
            .map(|variant| variant.sku.as_str());
        let condition = Condition::any()
            .add(variant::Column::Sku.is_in(wanted))
            .add(variant::Column::ProductId.is_in(products.iter().copied()));
        let rows = variant::Entity::find().filter(condition).all(tx.db()).await?;
        self.variants = rows.into_iter().map(|row| (row.sku.clone(), row)).collect();
        Ok(())
    }

    async fn load_prices(&mut self, tx: &Tx, variants: &[VariantId]) -> Result<()> {
        let rows = price::Entity::find()
            .filter(price::Column::VariantId.is_in(variants.iter().copied()))
            .filter(price::Column::Currency.eq(tx.context().currency))
            .all(tx.db())
            .await?;
        self.prices = rows.into_iter().map(|row| (row.variant_id, row)).collect();
        Ok(())
    }

    async fn load_stock(&mut self, tx: &Tx, variants: &[VariantId]) -> Result<()> {
        let Some(usual) = inventory::usual_location(tx.db()).await? else {
            return Ok(());
        };
        let rows = stock::Entity::find()
            .filter(stock::Column::LocationId.eq(usual))
            .filter(stock::Column::VariantId.is_in(variants.iter().copied()))
            .all(tx.db())
            .await?;
        self.stock = rows.into_iter().map(|row| (row.variant_id, row)).collect();
        Ok(())
    }

    async fn load_parts(&mut self, tx: &Tx, products: &[ProductId]) -> Result<()> {
        let options = product_option::Entity::find()
            .filter(product_option::Column::ProductId.is_in(products.iter().copied()))
            .order_by_asc(product_option::Column::Position);
        for row in options.all(tx.db()).await? {
            self.options.entry(row.product_id).or_default().push(row);
        }
        let named = product_attribute::Entity::find()
            .filter(product_attribute::Column::ProductId.is_in(products.iter().copied()));
        for row in named.all(tx.db()).await? {
            self.attributes
                .entry(row.product_id)
                .or_default()
                .push((row.name, row.value));
        }
        // Here and not in the query: a database's collation need not be the order of the draft's set.
        self.attributes.values_mut().for_each(|attributes| attributes.sort());
        let pictures = picture::Entity::find()
            .filter(picture::Column::ProductId.is_in(products.iter().copied()))
            .order_by_asc(picture::Column::Position)
            .order_by_asc(picture::Column::Id);
        for row in pictures.all(tx.db()).await? {
            self.pictures.entry(row.product_id).or_default().push(row);
        }
        Ok(())
    }
}

//! Products as rows: one for each variant, and as many more as there are pictures.

use vitrine_entity::{
    currency::Currency,
    ids::{ProductId, VariantId},
    picture,
    product::{self, ProductStatus},
    stock_policy::OutOfStockPolicy,
    variant,
};

use super::{
    layout::{COLUMNS, Layout},
    load::Batch,
};
use crate::{
    Result, Shop,
    catalog::{
        import::{Column, NO_OPTION, NO_PRICE, OPTIONS, write_amounts, write_list},
        measure,
    },
    metafields::Owner,
    money::Money,
    table,
};

/// Rows of some products.
pub(crate) struct ProductRows {
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) products: u64,
    /// The last of the products; `None` where there are no more.
    pub(crate) last: Option<ProductId>,
}

/// The rows of the next `limit` products behind `after`.
pub(crate) async fn page(
    shop: &Shop,
    currency: Currency,
    layout: &Layout,
    after: Option<ProductId>,
    limit: u64,
) -> Result<ProductRows> {
    let batch = Batch::load(shop, currency, after, limit).await?;
    let file = File {
        batch: &batch,
        layout,
        currency,
        base: &shop.settings.public_url,
    };
    Ok(ProductRows {
        rows: batch.products.iter().flat_map(|product| file.rows(product)).collect(),
        products: batch.products.len() as u64,
        last: batch.products.last().map(|product| product.id),
    })
}

/// What the cells of a product depend on.
struct File<'a> {
    batch: &'a Batch,
    layout: &'a Layout,
    currency: Currency,
    /// Before the paths of our own pictures.
    base: &'a str,
}

/// A row, of which cells are filled in.
struct Row(Vec<String>);

impl Row {
    fn set(&mut self, column: Column, text: impl Into<String>) {
        if let Some(place) = COLUMNS.iter().position(|other| *other == column) {
            self.0[place] = text.into();
        }
    }

    fn set_optional(&mut self, column: Column, text: &Option<String>) {
        self.set(column, text.clone().unwrap_or_default());
    }
}

impl File<'_> {
    fn rows(&self, product: &product::Model) -> Vec<Vec<String>> {
        let variants = self.batch.variants.get(&product.id).map_or(&[][..], Vec::as_slice);
        let pictures = self.batch.pictures.get(&product.id).map_or(&[][..], Vec::as_slice);
        if variants.is_empty() {
            return Vec::new();
        }
        let width = COLUMNS.len() + self.layout.attributes.len() + self.layout.metafields.len();
        let rows = (0..variants.len().max(pictures.len())).map(|index| {
            let mut row = Row(vec![String::new(); width]);
            row.set(Column::Handle, &product.slug);
            if index == 0 {
                self.head(&mut row, product);
            }
            if let Some(variant) = variants.get(index) {
                self.variant(&mut row, variant);
            }
            if let Some(picture) = pictures.get(index) {
                self.picture(&mut row, index, picture);
            }
            row.0
        });
        rows.collect()
    }

    /// What is said of the product as a whole: in its first row.
    fn head(&self, row: &mut Row, product: &product::Model) {
        row.set(Column::Title, &product.title);
        row.set(Column::Body, &product.description_html);
        row.set_optional(Column::Vendor, &product.vendor);
        if let Some(id) = product.category_id {
            row.set(Column::Category, self.batch.path(id));
            let slug = self.batch.categories.get(&id).map(|category| category.slug.clone());
            row.set_optional(Column::CategoryHandle, &slug);
        }
        let tags = product.tags.as_array().into_iter().flatten();
        row.set(Column::Tags, write_list(tags.filter_map(|tag| tag.as_str()), ','));
        row.set(Column::Published, yes_or_no(product.status == ProductStatus::Active));
        row.set(
            Column::Status,
            match product.status {
                ProductStatus::Active => "active",
                ProductStatus::Draft => "draft",
                ProductStatus::Archived => "archived",
            },
        );
        row.set_optional(Column::SeoTitle, &product.seo_title);
        row.set_optional(Column::SeoDescription, &product.seo_description);
        match self
            .batch
            .options
            .get(&product.id)
            .filter(|options| !options.is_empty())
        {
            Some(options) => {
                for (option, (name, _)) in options.iter().zip(OPTIONS) {
                    row.set(name, &option.name);
                }
            }
            None => {
                row.set(Column::Option1Name, NO_OPTION.0);
                row.set(Column::Option1Value, NO_OPTION.1);
            }
        }
        self.more(row, product.id);
    }

    /// Attributes and metafields, which have their columns behind all others.
    fn more(&self, row: &mut Row, product: ProductId) {
        let attributes = self.batch.attributes.get(&product).map_or(&[][..], Vec::as_slice);
        let metafields = self.batch.metafields.get(&Owner::Product(product));
        let metafields = metafields.map_or(&[][..], Vec::as_slice);
        let mut place = COLUMNS.len();
        for name in &self.layout.attributes {
            let of_name = attributes.iter().filter(|attribute| attribute.name == *name);
            let mut values: Vec<&str> = of_name.map(|attribute| attribute.value.as_str()).collect();
            values.sort_unstable();
            row.0[place] = write_list(values, ';');
            place += 1;
        }
        for (namespace, key) in &self.layout.metafields {
            let field = metafields
                .iter()
                .find(|field| field.namespace == *namespace && field.key == *key);
            row.0[place] = field.map(|field| field.value.clone()).unwrap_or_default();
            place += 1;
        }
    }

    fn variant(&self, row: &mut Row, variant: &variant::Model) {
        let values = variant.option_values.as_array().into_iter().flatten();
        for (value, (_, column)) in values.zip(OPTIONS) {
            row.set(column, value.as_str().unwrap_or_default());
        }
        row.set(Column::Sku, code(&variant.sku));
        row.set(Column::Grams, variant.weight_grams.to_string());
        row.set(Column::WeightUnit, "g");
        self.stock(row, variant.id);
        let amount = |minor| Money::new(minor, self.currency).decimal();
        match self.batch.prices.get(&variant.id) {
            Some(price) => {
                row.set(Column::Price, amount(price.amount_minor));
                row.set(
                    Column::CompareAt,
                    price.compare_at_minor.map(amount).unwrap_or_default(),
                );
            }
            None => row.set(Column::Price, NO_PRICE),
        }
        row.set(Column::RequiresShipping, yes_or_no(variant.requires_shipping));
        row.set_optional(Column::TaxCode, &variant.tax_category);
        row.set(Column::Barcode, code(variant.barcode.as_deref().unwrap_or_default()));
        row.set(Column::VariantActive, yes_or_no(variant.active));
        row.set_optional(Column::ShippingClass, &variant.shipping_class);
        let threshold = variant.low_stock_threshold;
        row.set(
            Column::LowStockThreshold,
            threshold.map(|units| units.to_string()).unwrap_or_default(),
        );
        row.set(Column::GiftCard, yes_or_no(variant.gift_card));
        // An import reads amounts in the shop's own currency.
        let amounts = variant.gift_card_amounts.as_ref();
        if let Some(amounts) = amounts.filter(|amounts| amounts.currency == self.currency) {
            row.set(Column::GiftCardAmounts, write_amounts(amounts));
        }
        if let Some(measured) = &variant.unit_measurement {
            row.set(Column::UnitQuantity, measure::decimal(measured.quantity_micro));
            row.set(Column::UnitQuantityUnit, unit(&measured.quantity_unit));
            row.set(Column::UnitReference, measure::decimal(measured.reference_micro));
            row.set(Column::UnitReferenceUnit, unit(&measured.reference_unit));
        }
        if let Some(picture) = self.batch.variant_pictures.get(&variant.id) {
            row.set(Column::VariantImage, self.address(&picture.source));
        }
    }

    fn stock(&self, row: &mut Row, variant: VariantId) {
        let policy = self.batch.policies.get(&variant);
        // Who reads the file takes a quantity for a sign that it is counted.
        if policy.is_none_or(|policy| policy.tracked) {
            row.set(Column::Tracker, "shopify");
            let on_hand = self.batch.on_hand.get(&variant);
            row.set(Column::Quantity, on_hand.map(i64::to_string).unwrap_or_default());
        }
        let sells_when_out = policy.is_some_and(|policy| policy.policy != OutOfStockPolicy::Refuse);
        row.set(Column::WhenOut, if sells_when_out { "continue" } else { "deny" });
    }

    fn picture(&self, row: &mut Row, index: usize, picture: &picture::Model) {
        row.set(Column::ImageSource, self.address(&picture.source));
        row.set(Column::ImagePosition, (index + 1).to_string());
        row.set(Column::ImageAlt, &picture.alt);
    }

    fn address(&self, source: &str) -> String {
        match source.starts_with('/') {
            true => format!("{}{source}", self.base),
            false => source.to_owned(),
        }
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "TRUE" } else { "FALSE" }
}

/// An SKU or a barcode: whoever reads the file takes an apostrophe off, so that one that begins with one gets
/// another.
fn code(text: &str) -> String {
    match text.starts_with('\'') && !table::is_defused(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// A unit as people write it.
fn unit(code: &str) -> String {
    measure::Unit::from_code(code)
        .map_or(code, |unit| unit.symbol())
        .to_owned()
}

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;
use vitrine_commerce::{
    Context, Result, Shop,
    cart::members,
    catalog::{index::plain_text, load},
    inventory::{self, Availability},
};
use vitrine_entity::{
    ids::{ProductId, VariantId},
    picture, price, product, product_option, variant,
};

use super::{MoneyView, status, status_schema, words::translate_goods};
use crate::rest::state::Rest;

/// Something that is sold, in one or several variants.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Product)]
pub(in crate::rest) struct ProductView {
    /// Names the product.
    #[schema(example = "prod_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// Names the product in a page's address.
    #[schema(example = "oak-chair")]
    slug: String,
    /// What it is called.
    title: String,
    #[schema(schema_with = product_status)]
    status: String,
    /// The description as text, without markup.
    description: String,
    /// The description as HTML, sanitised by the shop.
    description_html: String,
    /// Who makes it.
    vendor: Option<String>,
    /// Its pictures, in their order.
    pictures: Vec<PictureView>,
    /// What can be bought, in display order.
    variants: Vec<VariantView>,
}

/// A picture.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Picture)]
pub(in crate::rest) struct PictureView {
    /// Where it is.
    url: String,
    /// What it shows, for those who cannot see it.
    alt: String,
}

/// What is bought: one combination of a product's options.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Variant)]
pub(in crate::rest) struct VariantView {
    /// Names the variant.
    #[schema(example = "var_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// The shop's own number of it.
    sku: String,
    /// The values of its options in words, as in `Oak / Large`.
    title: String,
    /// Its value for each of the product's options, in their order.
    options: Vec<OptionView>,
    /// What one costs. Null while it has no price, and is not for sale.
    price: Option<MoneyView>,
    /// What one cost before, to be shown crossed out.
    compare_at_price: Option<MoneyView>,
    /// Beside a reduced price: the lowest of the 30 days before the reduction began (article 6a of directive 98/6/EC). Null where
    /// the price is not reduced, and where there was none before.
    lowest_price_last_30_days: Option<MoneyView>,
    /// How many could be ordered at this moment.
    available_quantity: i64,
    /// The number under its barcode.
    barcode: Option<String>,
}

/// A value of an option.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SelectedOption)]
pub(in crate::rest) struct OptionView {
    /// The option, as in `Size`.
    name: String,
    /// Its value, as in `Large`.
    value: String,
}

impl ProductView {
    /// Reads what belongs to the products, each kind in one statement. Whoever shows them has asked who may see them.
    pub(in crate::rest) async fn load_all(
        rest: &Rest,
        context: &Context,
        products: Vec<product::Model>,
    ) -> Result<Vec<Self>> {
        let ids: Vec<_> = products.iter().map(|product| product.id).collect();
        let mut parts = Parts::load(rest, context, &ids).await?;
        Ok(products
            .into_iter()
            .map(|product| Self::new(rest, product, &mut parts))
            .collect())
    }

    fn new(rest: &Rest, product: product::Model, parts: &mut Parts) -> Self {
        let options = parts.options.remove(&product.id).unwrap_or_default();
        let variants = parts.variants.remove(&product.id).unwrap_or_default();
        let pictures = parts.pictures.remove(&product.id).unwrap_or_default();
        Self {
            id: product.id.to_string(),
            slug: product.deleted_slug.unwrap_or(product.slug),
            title: product.title,
            status: status(&product.status),
            description: plain_text(&product.description_html),
            description_html: product.description_html,
            vendor: product.vendor,
            pictures: pictures
                .into_iter()
                .map(|picture| PictureView {
                    url: rest.public_url.absolute(&picture.source),
                    alt: picture.alt,
                })
                .collect(),
            variants: variants
                .into_iter()
                .map(|variant| VariantView::new(variant, &options, parts))
                .collect(),
        }
    }
}

impl VariantView {
    fn new(variant: variant::Model, options: &[product_option::Model], parts: &Parts) -> Self {
        let price = parts.prices.get(&variant.id);
        let money = |minor| price.map(|price| MoneyView::new(minor, price.currency));
        let values = variant.option_values.as_array().into_iter().flatten();
        let values = options.iter().zip(values).map(|(option, value)| OptionView {
            name: option.name.clone(),
            value: value.as_str().unwrap_or_default().to_owned(),
        });
        Self {
            id: variant.id.to_string(),
            options: values.collect(),
            price: price.and_then(|price| money(price.amount_minor)),
            compare_at_price: price.and_then(price::Model::former_minor).and_then(money),
            lowest_price_last_30_days: price.and_then(price::Model::lowest_before_minor).and_then(money),
            available_quantity: parts.available.get(&variant.id).map_or(0, Availability::to_be_had),
            sku: variant.sku,
            title: variant.title,
            barcode: variant.barcode,
        }
    }
}

/// What belongs to some products.
struct Parts {
    options: HashMap<ProductId, Vec<product_option::Model>>,
    variants: HashMap<ProductId, Vec<variant::Model>>,
    pictures: HashMap<ProductId, Vec<picture::Model>>,
    prices: HashMap<VariantId, price::Model>,
    available: HashMap<VariantId, Availability>,
}

impl Parts {
    async fn load(rest: &Rest, context: &Context, products: &[ProductId]) -> Result<Self> {
        let shop = &rest.shop;
        let mut variants = load::variants_of(shop, products).await?;
        let ids: Vec<_> = variants.values().flatten().map(|variant| variant.id).collect();
        let mut options = load::options_of(shop, products).await?;
        let mut pictures = load::pictures_of(shop, products).await?;
        translate_goods(shop, context, &mut options, &mut variants, &mut pictures).await?;
        Ok(Self {
            options,
            pictures,
            prices: prices(shop, context, &ids).await?,
            available: inventory::availability_of(shop, &ids).await?,
            variants,
        })
    }
}

/// What whoever asks pays: those who have catalogs, their prices.
async fn prices(shop: &Shop, context: &Context, ids: &[VariantId]) -> Result<HashMap<VariantId, price::Model>> {
    let currency = context.shown;
    if !context.terms.has_prices(currency) {
        return load::prices_of(shop, currency, ids).await;
    }
    let own = members::prices(shop, context, ids).await?.into_iter();
    let price = |(id, own): (VariantId, members::MemberPrice)| {
        let row = price::Model {
            variant_id: id,
            currency,
            amount_minor: own.price.minor,
            compare_at_minor: own.former.map(|former| former.minor),
            fixed: true,
            lowest_minor: own.lowest_before.map(|lowest| lowest.minor),
        };
        (id, row)
    };
    Ok(own.map(price).collect())
}

fn product_status() -> utoipa::openapi::ObjectBuilder {
    status_schema::<product::ProductStatus>(
        "`ACTIVE`: sold. `DRAFT`: being prepared. `ARCHIVED`: no longer sold. Shoppers see `ACTIVE` ones only.",
    )
}

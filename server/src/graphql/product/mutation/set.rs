use async_graphql::{Context, InputObject};
use vitrine_commerce::{
    Fault, Refusal,
    catalog::{
        self,
        draft::{PictureDraft, ProductDraft, VariantDraft},
        find, unit_price,
    },
    money::{Currency, Money},
    staff::{self, Permission, require},
};

use crate::graphql::{
    product::object::Product,
    shared::{ContextExt, Decimal, payload},
    variant::measurement::UnitPriceMeasurementInput,
};

/// A product as it should be, named by its slug. What is left out is taken away.
#[derive(Debug, InputObject)]
pub struct ProductSetInput {
    /// Names the product, in its page's address: lower-case letters, digits and hyphens.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// The description as HTML; what could harm a shopper is taken out.
    pub description_html: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// The slug of its category, which is created as a root if there is none.
    pub category: Option<String>,
    /// What to call a category that is created.
    pub category_name: Option<String>,
    /// Words to find it by.
    pub tags: Option<Vec<String>>,
    /// Named values for filters, as in `Material`: `Oak`.
    pub attributes: Option<Vec<ProductAttributeInput>>,
    /// The names of what a variant is chosen by, at most three. None for a product with one variant.
    pub options: Option<Vec<String>>,
    /// What can be bought, at least one.
    pub variants: Vec<ProductVariantInput>,
    /// Its pictures, in display order.
    pub pictures: Option<Vec<PictureInput>>,
    /// For a page's `<title>`.
    pub seo_title: Option<String>,
    /// For a page's description.
    pub seo_description: Option<String>,
    /// Whether shoppers see it.
    pub active: bool,
}

/// A named value of a product. Where its name is defined, it is brought into its one form, or kept as text
/// where it is not what the definition wants: `productAttributesSet` refuses it then.
#[derive(Debug, InputObject)]
pub struct ProductAttributeInput {
    /// Its name, as in `Material`.
    pub name: String,
    /// Its value, as in `Oak`.
    pub value: String,
}

/// A variant as it should be, named by its SKU.
#[derive(Debug, InputObject)]
pub struct ProductVariantInput {
    /// The stock-keeping unit. Unique in the shop.
    pub sku: String,
    /// One value for each of the product's options, in their order.
    pub option_values: Option<Vec<String>>,
    /// What one unit costs, in the shop's currency: `"49.90"`.
    pub price: Decimal,
    /// What one unit cost before, to be shown crossed out.
    pub compare_at: Option<Decimal>,
    /// Units that lie in stock; left out, they stay as they are.
    pub on_hand: Option<i32>,
    /// What it weighs, in grams.
    pub weight_grams: Option<i32>,
    /// Whether it is sent; a download is not.
    #[graphql(default = true)]
    pub requires_shipping: bool,
    /// Which tax rate applies, where the country has several; the standard one unless given, and none for `untaxed`.
    pub tax_category: Option<String>,
    /// The number under its barcode.
    pub barcode: Option<String>,
    /// Staff are told once when what is available falls to this or below.
    pub low_stock_threshold: Option<i32>,
    /// What it needs of whoever carries it, in a word of the shop's own (`bulky`, `frozen`): shipping methods name the
    /// words that they refuse.
    pub shipping_class: Option<String>,
    /// How much is in it, for its price per unit; left out, it stays as it is.
    pub unit_price_measurement: Option<UnitPriceMeasurementInput>,
    /// The source of the picture that shows this variant, among the product's pictures.
    pub picture: Option<String>,
}

/// A picture.
#[derive(Debug, InputObject)]
pub struct PictureInput {
    /// Its address, `https://…`, or a path of this shop.
    pub source: String,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
}

payload! {
    /// What `productSet` answers.
    ProductSetPayload {
        /// The product as it is now.
        product: Product,
    }
}

pub(super) async fn set(ctx: &Context<'_>, input: ProductSetInput) -> vitrine_commerce::Result<Product> {
    require(ctx.caller(), Permission::Catalog)?;
    let draft = &draft(input, ctx.caller().currency)?;
    let saved = ctx.shop().transact(ctx.caller(), |tx| async move {
        let saved = catalog::save(&tx, draft).await?;
        let data = serde_json::json!({ "slug": draft.slug, "created": saved.created });
        staff::audit(&tx, "product.set", saved.product.to_string(), data).await?;
        Ok(saved)
    });
    let saved = saved.await?;
    let product = find::by_id(ctx.shop(), ctx.caller(), saved.product).await?;
    let gone = || Fault::Corrupt {
        table: "product",
        column: "id",
        id: saved.product.to_string(),
    };
    Ok(Product(product.ok_or_else(gone)?))
}

fn draft(input: ProductSetInput, currency: Currency) -> Result<ProductDraft, Refusal> {
    let variants = input.variants.into_iter().enumerate();
    let pictures = input.pictures.unwrap_or_default().into_iter();
    let attributes = input.attributes.unwrap_or_default().into_iter();
    Ok(ProductDraft {
        slug: input.slug,
        title: input.title,
        description_html: input.description_html.unwrap_or_default(),
        vendor: input.vendor,
        category: input.category,
        category_name: input.category_name,
        category_path: Vec::new(),
        tags: input.tags.unwrap_or_default(),
        attributes: attributes.map(|attribute| (attribute.name, attribute.value)).collect(),
        options: input.options.unwrap_or_default(),
        variants: variants
            .map(|(index, variant)| variant_draft(index, variant, currency))
            .collect::<Result<_, _>>()?,
        pictures: pictures
            .map(|picture| PictureDraft {
                source: picture.source,
                alt: picture.alt.unwrap_or_default(),
            })
            .collect(),
        seo_title: input.seo_title,
        seo_description: input.seo_description,
        active: input.active,
        ..ProductDraft::default()
    })
}

fn variant_draft(index: usize, input: ProductVariantInput, currency: Currency) -> Result<VariantDraft, Refusal> {
    let minor = |amount: &Decimal, field: &str| {
        let parsed = Money::parse(&amount.0, currency).map(|money| money.minor);
        parsed.map_err(|error| Refusal::from(error).at(&["variants", &index.to_string(), field]))
    };
    Ok(VariantDraft {
        price_minor: minor(&input.price, "price")?,
        compare_at_minor: input
            .compare_at
            .as_ref()
            .map(|amount| minor(amount, "compareAt"))
            .transpose()?,
        sku: input.sku,
        option_values: input.option_values.unwrap_or_default(),
        on_hand: input.on_hand.map(i64::from),
        tracked: None,
        sells_when_out: None,
        weight_grams: input.weight_grams.unwrap_or_default(),
        requires_shipping: input.requires_shipping,
        tax_category: input.tax_category,
        barcode: input.barcode,
        low_stock_threshold: input.low_stock_threshold,
        shipping_class: input.shipping_class,
        unit_measurement: input
            .unit_price_measurement
            .map(|given| {
                unit_price::measurement(&given.into(), &["variants", &index.to_string(), "unitPriceMeasurement"])
            })
            .transpose()?,
        picture: input.picture,
        ..VariantDraft::default()
    })
}

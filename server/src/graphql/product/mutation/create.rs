use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::products::{self, ProductCreate};

use super::set::ProductAttributeInput;
use crate::{
    graphql::{
        product::object::{Product, ProductStatus},
        shared::{ContextExt, payload},
        variant::mutation::input::VariantCreateInput,
    },
    ids,
};

/// A product to be created. Only its title must be known; the rest can follow.
#[derive(Debug, InputObject)]
pub struct ProductCreateInput {
    /// What it is called.
    pub title: String,
    /// Names the product, in its page's address: lower-case letters, digits and hyphens. Made of the title
    /// unless given.
    pub slug: Option<String>,
    /// The description as HTML; what could harm a shopper is taken out.
    pub description_html: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// Its category.
    pub category_id: Option<ID>,
    /// Words to find it by.
    pub tags: Option<Vec<String>>,
    /// Named values for filters, as in `Material`: `Oak`.
    pub attributes: Option<Vec<ProductAttributeInput>>,
    /// Whether shoppers see it; a draft unless given.
    pub status: Option<ProductStatus>,
    /// For a page's `<title>`.
    pub seo_title: Option<String>,
    /// For a page's description.
    pub seo_description: Option<String>,
    /// What a variant is chosen by, at most three. None for a product with one variant.
    pub options: Option<Vec<ProductOptionCreateInput>>,
    /// What can be bought, at most 250. Without options give one, or none yet.
    pub variants: Option<Vec<VariantCreateInput>>,
}

/// What a variant is chosen by.
#[derive(Debug, InputObject)]
pub struct ProductOptionCreateInput {
    /// Its name, as in `Color`.
    pub name: String,
    /// Its values in display order. Those that variants name are added.
    pub values: Option<Vec<String>>,
}

payload! {
    /// What `productCreate` answers.
    ProductCreatePayload {
        /// The new product.
        product: Product,
    }
}

pub(super) async fn create(ctx: &Context<'_>, input: ProductCreateInput) -> vitrine_commerce::Result<Product> {
    let category = input.category_id.as_ref();
    let attributes = input.attributes.unwrap_or_default().into_iter();
    let options = input.options.unwrap_or_default().into_iter();
    let create = ProductCreate {
        title: input.title,
        slug: input.slug,
        description_html: input.description_html,
        vendor: input.vendor,
        category: category
            .map(|id| ids::input(id, "category", &["categoryId"]))
            .transpose()?,
        tags: input.tags.unwrap_or_default(),
        attributes: attributes.map(|attribute| (attribute.name, attribute.value)).collect(),
        status: input.status.map(Into::into),
        seo_title: input.seo_title,
        seo_description: input.seo_description,
        options: options
            .map(|option| (option.name, option.values.unwrap_or_default()))
            .collect(),
        variants: VariantCreateInput::read_all(input.variants.unwrap_or_default(), ctx.caller().currency)?,
    };
    Ok(Product(products::create(ctx.shop(), ctx.caller(), create).await?))
}

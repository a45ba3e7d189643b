use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::attributes::{self, AttributeValues, AttributesSet};

use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, payload},
    },
    ids,
};

/// A product, and its values of some attributes.
#[derive(Debug, InputObject)]
pub struct ProductAttributesSetInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The values, at most 100 attributes. Those that are not named keep theirs.
    pub attributes: Vec<AttributeValuesInput>,
}

/// A product's or a variant's values of one attribute.
#[derive(Debug, InputObject)]
pub struct AttributeValuesInput {
    /// The key of a definition. Give either this or `name`.
    pub key: Option<String>,
    /// The name of an attribute. One that is not defined is free text.
    pub name: Option<String>,
    /// The values in display order, as people write them: `Oak`, `1500 g`, `true`, `2026-01-31`, `#8a6f4d`, an
    /// id. Null or none takes the values away.
    pub values: Option<Vec<String>>,
}

impl From<AttributeValuesInput> for AttributeValues {
    fn from(input: AttributeValuesInput) -> Self {
        Self {
            key: input.key,
            name: input.name,
            values: input.values.unwrap_or_default(),
        }
    }
}

payload! {
    /// What `productAttributesSet` answers.
    ProductAttributesSetPayload {
        /// The product as it is now.
        product: Product,
    }
}

pub(super) async fn set(ctx: &Context<'_>, input: ProductAttributesSetInput) -> vitrine_commerce::Result<Product> {
    let set = AttributesSet {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        attributes: input.attributes.into_iter().map(Into::into).collect(),
    };
    Ok(Product(attributes::set(ctx.shop(), ctx.caller(), set).await?))
}

use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::catalog::options::{self, OptionChange, OptionsUpdate, SwatchFields, ValueChange};

use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, payload},
    },
    ids,
};

/// A product's options as they should be.
#[derive(Debug, InputObject)]
pub struct ProductOptionsUpdateInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// All options in display order, at most three. One that is left out is taken away, where its variants can
    /// still be told apart.
    pub options: Vec<ProductOptionUpdateInput>,
}

/// An option as it should be.
#[derive(Debug, InputObject)]
pub struct ProductOptionUpdateInput {
    /// Its name now, as in `Color`. One that the product does not have is added.
    pub name: String,
    /// What it is called from now on.
    pub new_name: Option<String>,
    /// All its values in display order; left out, they stay as they are. A value that a variant has cannot be
    /// taken away. Of a new option the variants that are there take the first.
    pub values: Option<Vec<ProductOptionValueInput>>,
}

/// A value of an option as it should be.
#[derive(Debug, InputObject)]
pub struct ProductOptionValueInput {
    /// The value now, as in `Oak`. One that the option does not have is added.
    pub value: String,
    /// What it is called from now on; the variants that have it follow.
    pub new_value: Option<String>,
    /// How it is shown: as a colour, or as a picture. Null takes that away.
    pub swatch: MaybeUndefined<SwatchInput>,
}

/// How an option's value is shown.
#[derive(Debug, InputObject)]
pub struct SwatchInput {
    /// A colour, `#rrggbb`.
    pub colour: Option<String>,
    /// A picture's address, `https://…`, or a path of this shop.
    pub image_source: Option<String>,
}

payload! {
    /// What `productOptionsUpdate` answers.
    ProductOptionsUpdatePayload {
        /// The product as it is now.
        product: Product,
    }
}

pub(super) async fn update(ctx: &Context<'_>, input: ProductOptionsUpdateInput) -> vitrine_commerce::Result<Product> {
    let update = OptionsUpdate {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        options: input.options.into_iter().map(option).collect(),
    };
    Ok(Product(options::update(ctx.shop(), ctx.caller(), update).await?))
}

fn option(input: ProductOptionUpdateInput) -> OptionChange {
    OptionChange {
        name: input.name,
        new_name: input.new_name,
        values: input.values.map(|values| values.into_iter().map(value).collect()),
    }
}

fn value(input: ProductOptionValueInput) -> ValueChange {
    let swatch: Option<Option<SwatchInput>> = input.swatch.into();
    ValueChange {
        value: input.value,
        new_value: input.new_value,
        swatch: swatch.map(|swatch| {
            swatch.map(|swatch| SwatchFields {
                colour: swatch.colour,
                image_source: swatch.image_source,
            })
        }),
    }
}

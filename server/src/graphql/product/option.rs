use async_graphql::{ComplexObject, Context, InputObject, SimpleObject};
use vitrine_entity::{ids::ProductId, product_option};

use super::questions::SwatchesOfProduct;
use crate::graphql::shared::{ContextExt, Image, Result, rows};

/// What a variant is chosen by.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct ProductOption {
    #[graphql(skip)]
    product: ProductId,
    /// Its name, as in `Color`.
    pub name: String,
    /// The values to choose from, in display order.
    pub values: Vec<String>,
}

impl ProductOption {
    /// # Errors
    /// When the row cannot be read.
    pub fn read(row: product_option::Model) -> Result<Self> {
        let values = rows::strings(&row.values, "product_option", "values", row.product_id)?;
        Ok(Self {
            product: row.product_id,
            name: row.name,
            values,
        })
    }
}

#[ComplexObject]
impl ProductOption {
    /// The values to choose from, in display order, each with how it is shown.
    #[graphql(complexity = "3 * child_complexity")]
    async fn option_values(&self, ctx: &Context<'_>) -> Result<Vec<ProductOptionValue>> {
        let swatches = ctx.load(SwatchesOfProduct(self.product)).await?.unwrap_or_default();
        let value = |name: &String| ProductOptionValue {
            name: name.clone(),
            swatch: swatches
                .iter()
                .find(|row| row.name == self.name && row.value == *name)
                .map(|row| Swatch {
                    colour: row.colour.clone(),
                    image: row
                        .image_source
                        .clone()
                        .map(|source| Image::of_swatch(row.product_id, source, name.clone())),
                }),
        };
        Ok(self.values.iter().map(value).collect())
    }
}

/// A value of an option, to choose.
#[derive(Debug, SimpleObject)]
pub struct ProductOptionValue {
    /// The value, as in `Oak`.
    pub name: String,
    /// How it is shown, where staff said so.
    pub swatch: Option<Swatch>,
}

/// How a value is shown: as a colour, or as a picture where there is one.
#[derive(Debug, SimpleObject)]
pub struct Swatch {
    /// A colour, `#rrggbb`.
    pub colour: Option<String>,
    /// A picture.
    pub image: Option<Image>,
}

/// A choice: the name of an option, and its value.
#[derive(Debug, Clone, InputObject)]
pub struct SelectedOptionInput {
    /// The option's name, as in `Color`.
    pub name: String,
    /// The value, as in `Oak`.
    pub value: String,
}

impl SelectedOptionInput {
    /// Names and values.
    pub fn pairs(inputs: Vec<Self>) -> Vec<(String, String)> {
        inputs.into_iter().map(|input| (input.name, input.value)).collect()
    }
}

/// The value of one option that a variant has.
#[derive(Debug, SimpleObject)]
pub struct SelectedOption {
    /// The option's name, as in `Color`.
    pub name: String,
    /// The variant's value, as in `Oak`.
    pub value: String,
}

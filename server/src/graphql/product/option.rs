use async_graphql::{ComplexObject, Context, InputObject, SimpleObject};
use vitrine_entity::product_option;

use super::questions::SwatchesOfProduct;
use crate::graphql::shared::{ContextExt, Image, Result, rows, words};

/// What a variant is chosen by.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct ProductOption {
    #[graphql(skip)]
    row: product_option::Model,
    /// The values as they stand in the row.
    #[graphql(skip)]
    own_values: Vec<String>,
    /// Its name, as in `Color`.
    pub name: String,
    /// The values to choose from, in display order.
    pub values: Vec<String>,
}

impl ProductOption {
    /// An option in the language asked for.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub async fn read(ctx: &Context<'_>, row: product_option::Model) -> Result<Self> {
        let own_values = rows::strings(&row.values, "product_option", "values", row.product_id)?;
        let (name, values) = words::option(ctx, &row.name, &own_values).await?;
        Ok(Self {
            row,
            own_values,
            name,
            values,
        })
    }
}

#[ComplexObject]
impl ProductOption {
    /// The values to choose from, in display order, each with how it is shown.
    #[graphql(complexity = "3 * child_complexity")]
    async fn option_values(&self, ctx: &Context<'_>) -> Result<Vec<ProductOptionValue>> {
        let swatches = ctx
            .load(SwatchesOfProduct(self.row.product_id))
            .await?
            .unwrap_or_default();
        let value = |(name, own): (&String, &String)| ProductOptionValue {
            name: name.clone(),
            swatch: swatches
                .iter()
                .find(|row| row.name == self.row.name && row.value == *own)
                .map(|row| Swatch {
                    colour: row.colour.clone(),
                    image: row
                        .image_source
                        .clone()
                        .map(|source| Image::of_swatch(row.product_id, source, name.clone())),
                }),
        };
        Ok(self.values.iter().zip(&self.own_values).map(value).collect())
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

    /// Names and values as they stand in the rows, of what is given so or as the language asked for has it.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub async fn own(
        ctx: &Context<'_>,
        options: &[product_option::Model],
        inputs: Vec<Self>,
    ) -> Result<Vec<(String, String)>> {
        let mut own = Self::pairs(inputs);
        for row in options {
            let shown = ProductOption::read(ctx, row.clone()).await?;
            for (name, value) in &mut own {
                if *name != shown.name && *name != row.name {
                    continue;
                }
                name.clone_from(&row.name);
                let is_own = shown.own_values.contains(value);
                let place = shown.values.iter().position(|known| known == value);
                if let Some(place) = place.filter(|_| !is_own) {
                    value.clone_from(&shown.own_values[place]);
                }
            }
        }
        Ok(own)
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

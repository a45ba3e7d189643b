use async_graphql::SimpleObject;
use vitrine_entity::{product_attribute, product_option};

use crate::graphql::shared::{Result, rows};

/// What a variant is chosen by.
#[derive(Debug, SimpleObject)]
pub struct ProductOption {
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
        Ok(Self { name: row.name, values })
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

/// A named value of a product, by which it can be filtered.
#[derive(Debug, SimpleObject)]
pub struct ProductAttribute {
    /// Its name, as in `Material`.
    pub name: String,
    /// Its value, as in `Oak`.
    pub value: String,
}

impl From<product_attribute::Model> for ProductAttribute {
    fn from(row: product_attribute::Model) -> Self {
        Self {
            name: row.name,
            value: row.value,
        }
    }
}

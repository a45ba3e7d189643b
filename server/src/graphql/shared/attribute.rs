use async_graphql::{InputObject, SimpleObject};
use vitrine_entity::attribute;

/// What a front end has noted under a name.
#[derive(Debug, SimpleObject)]
pub struct Attribute {
    /// Its name, as in `engraving`.
    pub key: String,
    /// What stands under it.
    pub value: String,
}

/// What a front end notes under a name.
#[derive(Debug, InputObject)]
pub struct AttributeInput {
    /// Its name, as in `engraving`: at most 100 characters.
    pub key: String,
    /// What stands under it: at most 1000 characters. Empty text takes it away.
    pub value: String,
}

impl From<attribute::Attribute> for Attribute {
    fn from(attribute: attribute::Attribute) -> Self {
        Self {
            key: attribute.key,
            value: attribute.value,
        }
    }
}

impl From<AttributeInput> for attribute::Attribute {
    fn from(input: AttributeInput) -> Self {
        Self {
            key: input.key,
            value: input.value,
        }
    }
}

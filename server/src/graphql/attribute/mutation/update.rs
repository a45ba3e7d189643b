use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::catalog::attributes::{self, AttributeFields, AttributeUpdate};

use super::create::{AttributeChoiceInput, category_ids};
use crate::{
    graphql::{
        attribute::object::AttributeDefinition,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which definition changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct AttributeDefinitionUpdateInput {
    /// The definition's id.
    pub id: ID,
    /// The definition's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What people call it; products' values and filters follow.
    pub name: Option<String>,
    /// Whether a product may have several values.
    pub list: Option<bool>,
    /// All values that it may have, in display order; null for any. One that a product has cannot be taken
    /// away.
    pub choices: MaybeUndefined<Vec<AttributeChoiceInput>>,
    /// Whether searches have a facet of it and, where it is a number, filter by range.
    pub filterable: Option<bool>,
    /// Whether shoppers see its values.
    pub visible: Option<bool>,
    /// Its place among the attributes, the least first.
    pub position: Option<i32>,
    /// The categories whose products have it, with all beneath them; null for every product.
    pub category_ids: MaybeUndefined<Vec<ID>>,
}

payload! {
    /// What `attributeDefinitionUpdate` answers.
    AttributeDefinitionUpdatePayload {
        /// The definition as it is now.
        attribute_definition: AttributeDefinition,
    }
}

pub(super) async fn update(
    ctx: &Context<'_>,
    input: AttributeDefinitionUpdateInput,
) -> vitrine_commerce::Result<AttributeDefinition> {
    let choices: Option<Option<Vec<AttributeChoiceInput>>> = input.choices.into();
    let categories: Option<Option<Vec<ID>>> = input.category_ids.into();
    let update = AttributeUpdate {
        id: ids::input(&input.id, "attribute", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        fields: AttributeFields {
            name: input.name,
            is_list: input.list,
            filterable: input.filterable,
            visible: input.visible,
            position: input.position,
            categories: categories
                .map(|ids| category_ids(&ids.unwrap_or_default()))
                .transpose()?,
            choices: choices.map(|choices| AttributeChoiceInput::read_all(choices.unwrap_or_default())),
        },
    };
    Ok(AttributeDefinition(
        attributes::update(ctx.shop(), ctx.caller(), update).await?,
    ))
}

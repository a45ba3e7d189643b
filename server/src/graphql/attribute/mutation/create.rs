use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::{
    Refusal,
    catalog::attributes::{self, AttributeFields, ChoiceFields},
};
use vitrine_entity::ids::CategoryId;

use crate::{
    graphql::{
        attribute::object::{AttributeDefinition, AttributeKind, AttributeReferenceKind, MeasurementUnit},
        shared::{ContextExt, payload},
    },
    ids,
};

/// A new definition. What it is a kind of stays for ever.
#[derive(Debug, InputObject)]
pub struct AttributeDefinitionCreateInput {
    /// Names it in programs: lower-case letters, digits and underscores, as in `net_weight`. Made of the name
    /// unless given.
    pub key: Option<String>,
    /// What people call it, as in `Net weight`.
    pub name: String,
    /// What its values are.
    pub kind: AttributeKind,
    /// Whether a product may have several values.
    #[graphql(default)]
    pub list: bool,
    /// Of a number with a unit: the one that values are kept and shown in.
    pub unit: Option<MeasurementUnit>,
    /// Of a reference: what it leads to.
    pub reference_kind: Option<AttributeReferenceKind>,
    /// The values that it may have, in display order, at most 500; any unless given.
    pub choices: Option<Vec<AttributeChoiceInput>>,
    /// Whether searches have a facet of it and, where it is a number, filter by range.
    #[graphql(default = true)]
    pub filterable: bool,
    /// Whether shoppers see its values.
    #[graphql(default = true)]
    pub visible: bool,
    /// Its place among the attributes, the least first; the last unless given.
    pub position: Option<i32>,
    /// The categories whose products have it, with all beneath them; every product's unless given.
    pub category_ids: Option<Vec<ID>>,
}

/// A value that an attribute may have.
#[derive(Debug, InputObject)]
pub struct AttributeChoiceInput {
    /// The value, as in `Oak`.
    pub value: String,
    /// What it is called from now on, in an update: products that have it follow.
    pub new_value: Option<String>,
    /// A colour to show it by, `#rrggbb`.
    pub colour: Option<String>,
    /// The address of a picture to show it by, `https://…`, or a path of this shop.
    pub image_source: Option<String>,
}

impl AttributeChoiceInput {
    pub(super) fn read_all(inputs: Vec<Self>) -> Vec<ChoiceFields> {
        let read = |input: Self| ChoiceFields {
            value: input.value,
            new_value: input.new_value,
            colour: input.colour,
            image_source: input.image_source,
        };
        inputs.into_iter().map(read).collect()
    }
}

payload! {
    /// What `attributeDefinitionCreate` answers.
    AttributeDefinitionCreatePayload {
        /// The new definition.
        attribute_definition: AttributeDefinition,
    }
}

pub(super) async fn create(
    ctx: &Context<'_>,
    input: AttributeDefinitionCreateInput,
) -> vitrine_commerce::Result<AttributeDefinition> {
    let fields = AttributeFields {
        name: Some(input.name),
        is_list: Some(input.list),
        filterable: Some(input.filterable),
        visible: Some(input.visible),
        position: input.position,
        categories: input.category_ids.map(|ids| category_ids(&ids)).transpose()?,
        choices: input.choices.map(AttributeChoiceInput::read_all),
    };
    let (unit, reference) = (input.unit.map(Into::into), input.reference_kind.map(Into::into));
    let (shop, caller) = (ctx.shop(), ctx.caller());
    let made = attributes::create(shop, caller, input.key, input.kind.into(), unit, reference, fields).await?;
    Ok(AttributeDefinition(made))
}

/// The ids of categories.
///
/// # Errors
/// `NOT_FOUND` at the place of the first that is none.
pub(super) fn category_ids(ids: &[ID]) -> Result<Vec<CategoryId>, Refusal> {
    let read = |(index, id): (usize, &ID)| ids::input(id, "category", &["categoryIds", &index.to_string()]);
    ids.iter().enumerate().map(read).collect()
}

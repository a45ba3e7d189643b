//! What staff say of an attribute, checked and given to its row.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use vitrine_entity::{
    attribute_choice as choice, attribute_definition as definition, category,
    ids::{AttributeDefinitionId, CategoryId},
};

use super::{
    definitions::Definition,
    value::{VALUE_LENGTH_MAX, read_kind},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::{
        fields::{Refusals, colour},
        save::is_picture_source,
    },
    language::messages,
};

const CHOICES_MAX: usize = 500;
const CATEGORIES_MAX: usize = 100;

/// What may be said of an attribute at any time. `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttributeFields {
    pub name: Option<String>,
    pub is_list: Option<bool>,
    pub filterable: Option<bool>,
    pub visible: Option<bool>,
    pub position: Option<i32>,
    /// Whose products have it, with all beneath them; empty for every product.
    pub categories: Option<Vec<CategoryId>>,
    /// The values that it may have, in display order; empty for any.
    pub choices: Option<Vec<ChoiceFields>>,
}

/// A value that an attribute may have.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChoiceFields {
    pub value: String,
    /// What it is called from now on; products that have it follow.
    pub new_value: Option<String>,
    pub colour: Option<String>,
    pub image_source: Option<String>,
}

/// Gives the definition what is said of it. Gives which choices are called something else from now on.
pub(super) async fn apply(
    tx: &Tx,
    definition: &mut Definition,
    fields: &AttributeFields,
    refusals: &mut Refusals,
) -> Result<Vec<(String, String)>> {
    let row = &mut definition.row;
    if let Some(name) = &fields.name {
        row.name.clone_from(name);
        refusals.line(&["name"], &mut row.name, 100);
    }
    row.is_list = fields.is_list.unwrap_or(row.is_list);
    row.filterable = fields.filterable.unwrap_or(row.filterable);
    row.visible = fields.visible.unwrap_or(row.visible);
    row.position = fields.position.unwrap_or(row.position);
    if let Some(categories) = &fields.categories {
        check_categories(tx, categories, refusals).await?;
        row.categories = json!(categories);
    }
    Ok(match &fields.choices {
        Some(choices) => choose(definition, choices, refusals),
        None => Vec::new(),
    })
}

fn choose(definition: &mut Definition, given: &[ChoiceFields], refusals: &mut Refusals) -> Vec<(String, String)> {
    if given.len() > CHOICES_MAX {
        let message = messages::attribute_choices_max(CHOICES_MAX, given.len());
        refusals.refuse(&["choices"], message);
    }
    let (mut seen, mut renamed, mut rows) = (HashSet::new(), Vec::new(), Vec::new());
    for (index, fields) in given.iter().enumerate().take(CHOICES_MAX) {
        let path = index.to_string();
        let row = choice_row(definition, index, fields, &path, refusals);
        if !seen.insert(row.value.clone()) {
            refusals.refuse(&["choices", &path, "value"], messages::value_named_twice(&row.value));
        }
        let before = fields.value.trim();
        let was_there = definition.choices.iter().any(|choice| choice.value == before);
        if was_there && before != row.value {
            renamed.push((before.to_owned(), row.value.clone()));
        }
        rows.push(row);
    }
    definition.choices = rows;
    renamed
}

fn choice_row(
    definition: &Definition,
    index: usize,
    fields: &ChoiceFields,
    path: &str,
    refusals: &mut Refusals,
) -> choice::Model {
    let field = |name| ["choices", path, name];
    let name = if fields.new_value.is_some() {
        "newValue"
    } else {
        "value"
    };
    let mut value = fields.new_value.as_ref().unwrap_or(&fields.value).clone();
    refusals.line(&field(name), &mut value, VALUE_LENGTH_MAX);
    match read_kind(definition, &value) {
        Ok(normal) => value = normal.text,
        Err(message) if !value.is_empty() => refusals.refuse(&field(name), message),
        Err(_) => {}
    }
    let mut row = choice::Model {
        definition_id: definition.row.id,
        value,
        position: i32::try_from(index).unwrap_or(i32::MAX),
        colour: fields.colour.clone(),
        image_source: fields.image_source.clone(),
    };
    if let Some(text) = &mut row.colour {
        colour(&field("colour"), text, refusals);
    }
    refusals.optional(&field("imageSource"), &mut row.image_source, 2_048);
    if row
        .image_source
        .as_deref()
        .is_some_and(|source| !is_picture_source(source))
    {
        let message = messages::picture_source_form();
        refusals.refuse(&field("imageSource"), message);
    }
    row
}

async fn check_categories(tx: &Tx, categories: &[CategoryId], refusals: &mut Refusals) -> Result<()> {
    if categories.len() > CATEGORIES_MAX {
        let message = messages::attribute_categories_max(CATEGORIES_MAX, categories.len());
        refusals.refuse(&["categoryIds"], message);
        return Ok(());
    }
    let found: Vec<CategoryId> = category::Entity::find()
        .select_only()
        .column(category::Column::Id)
        .filter(category::Column::Id.is_in(categories.iter().copied()))
        .into_tuple()
        .all(tx.db())
        .await?;
    for (index, _) in categories.iter().enumerate().filter(|(_, id)| !found.contains(id)) {
        refusals
            .0
            .push(Refusal::not_found("category").at(&["categoryIds", &index.to_string()]));
    }
    Ok(())
}

/// Refuses a key or a name that another definition has.
pub(super) async fn check_taken(tx: &Tx, row: &definition::Model, refusals: &mut Refusals) -> Result<()> {
    let others = definition::Entity::find()
        .filter(definition::Column::DeletedAt.is_null())
        .filter(definition::Column::Id.ne(row.id))
        .filter(
            sea_orm::Condition::any()
                .add(definition::Column::Key.eq(&row.key))
                .add(definition::Column::Name.eq(&row.name)),
        )
        .all(tx.db())
        .await?;
    let taken =
        |what: &str, text: &str| Refusal::new(ErrorCode::Taken, format!("Another attribute has the {what} `{text}`."));
    if others.iter().any(|other| other.key == row.key) {
        refusals.0.push(taken("key", &row.key).at(&["key"]));
    }
    if others.iter().any(|other| other.name == row.name) {
        refusals.0.push(taken("name", &row.name).at(&["name"]));
    }
    Ok(())
}

/// Replaces a definition's choices.
pub(super) async fn write_choices(tx: &Tx, id: AttributeDefinitionId, rows: Vec<choice::Model>) -> Result<()> {
    choice::Entity::delete_many()
        .filter(choice::Column::DefinitionId.eq(id))
        .exec(tx.db())
        .await?;
    crate::catalog::save::upsert(tx.db(), rows, None).await
}

//! Staff define an attribute.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    attribute_definition::{self as definition, AttributeKind, ReferenceKind},
    ids::AttributeDefinitionId,
};

use super::{
    adopt,
    change::refuse_taken,
    definitions::{Definition, read},
    fields::{AttributeFields, apply, check_taken, write_choices},
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{fields::Refusals, measure::Unit, slug::slugify},
    language::messages,
    staff::{Permission, audit, require},
    text,
    turn::{self, Turn},
};

/// The most definitions of a shop: they are read whole.
const DEFINITIONS_MAX: usize = 500;

/// Defines an attribute. Products' values that bear its name already become values of it, where they are what
/// it wants.
///
/// # Errors
/// Refuses a key or name that another has, and what does not go together.
pub async fn create(
    shop: &Shop,
    context: &Context,
    key: Option<String>,
    kind: AttributeKind,
    unit: Option<Unit>,
    reference_kind: Option<ReferenceKind>,
    fields: AttributeFields,
) -> Result<Definition> {
    require(context, Permission::Catalog)?;
    let (key, fields) = (&key, &fields);
    shop.transact(context, |tx| async move {
        turn::take(&tx, Turn::Attributes).await?;
        let others = read(tx.db(), false).await?;
        if others.len() >= DEFINITIONS_MAX {
            let message = messages::attributes_max(DEFINITIONS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).into());
        }
        let mut definition = blank(&tx, kind, unit, reference_kind);
        definition.row.position = others
            .iter()
            .map(|other| other.row.position + 1)
            .max()
            .unwrap_or_default();
        let mut refusals = Refusals::default();
        check_kind(&definition.row, &mut refusals);
        apply(&tx, &mut definition, fields, &mut refusals).await?;
        definition.row.key = key_of(key.as_deref(), &definition.row, &mut refusals);
        check_taken(&tx, &definition.row, &mut refusals).await?;
        refusals.any().map_err(Error::Refused)?;
        definition::Entity::insert(definition.row.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await
            .map_err(refuse_taken)?;
        write_choices(&tx, definition.row.id, definition.choices.clone()).await?;
        adopt::adopt(&tx, &definition).await?;
        adopt::index(&tx, &definition.row.name).await?;
        let data = json!({ "key": definition.row.key, "name": definition.row.name });
        audit(&tx, "attribute.create", definition.row.id.to_string(), data).await?;
        Ok(definition)
    })
    .await
}

fn blank(tx: &Tx, kind: AttributeKind, unit: Option<Unit>, reference_kind: Option<ReferenceKind>) -> Definition {
    let now = tx.shop().now();
    let row = definition::Model {
        id: AttributeDefinitionId(tx.shop().new_id()),
        key: String::new(),
        name: String::new(),
        kind,
        is_list: false,
        unit: unit.map(|unit| unit.code().to_owned()),
        reference_kind,
        filterable: false,
        visible: true,
        position: 0,
        categories: json!([]),
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    Definition {
        row,
        choices: Vec::new(),
    }
}

/// A unit belongs to numbers with one, and a kind of reference to references.
fn check_kind(row: &definition::Model, refusals: &mut Refusals) {
    match (row.kind == AttributeKind::NumberWithUnit, &row.unit) {
        (true, None) => refusals.refuse(&["unit"], messages::attribute_needs_unit()),
        (false, Some(_)) => refusals.refuse(&["unit"], messages::attribute_takes_no_unit()),
        _ => {}
    }
    match (row.kind == AttributeKind::Reference, row.reference_kind) {
        (true, None) => refusals.refuse(&["referenceKind"], messages::attribute_needs_target()),
        (false, Some(_)) => refusals.refuse(&["referenceKind"], messages::attribute_takes_no_target()),
        _ => {}
    }
}

fn key_of(given: Option<&str>, row: &definition::Model, refusals: &mut Refusals) -> String {
    let key = match given {
        Some(given) => text::code(given),
        None => slugify(&row.name).replace('-', "_"),
    };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if given.is_none() && (key.is_empty() || !key.chars().all(fits) || key.len() > 64) {
        // A name of another script makes none: the id does.
        return row.id.to_string();
    }
    if key.is_empty() || key.len() > 64 || !key.chars().all(fits) {
        let message = messages::attribute_key_form();
        refusals.refuse(&["key"], message);
    }
    key
}

//! Staff keep makers and responsible persons.

use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{economic_operator as operator, ids::EconomicOperatorId, product_safety as safety};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{fields::Refusals, save::is_web_address},
    error::expect_version,
    language::messages,
    staff::{Permission, audit, require},
    text,
    turn::{self, Turn},
};

/// The most of a shop: they are read whole.
const OPERATORS_MAX: u64 = 1_000;

/// What is known of a maker or responsible person. `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperatorFields {
    pub name: Option<String>,
    pub postal_address: Option<String>,
    /// A mail address, or one of the web.
    pub electronic_address: Option<String>,
}

/// Adds one.
///
/// # Errors
/// Refuses what the law asks for and is not there.
pub async fn create(shop: &Shop, context: &Context, fields: OperatorFields) -> Result<operator::Model> {
    require(context, Permission::Catalog)?;
    let fields = &fields;
    shop.transact(context, |tx| async move {
        turn::take(&tx, Turn::EconomicOperators).await?;
        if operator::Entity::find().count(tx.db()).await? >= OPERATORS_MAX {
            let message = messages::operators_max(OPERATORS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).into());
        }
        let now = shop.now();
        let blank = operator::Model {
            id: EconomicOperatorId(shop.new_id()),
            name: String::new(),
            postal_address: String::new(),
            electronic_address: String::new(),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let row = apply(&blank, fields)?;
        row.clone().into_active_model().insert(tx.db()).await?;
        audit(
            &tx,
            "economicOperator.create",
            row.id.to_string(),
            json!({ "name": row.name }),
        )
        .await?;
        Ok(row)
    })
    .await
}

/// Changes one; the products that name it show it so from then on.
///
/// # Errors
/// Refuses a version that is no longer its own.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: EconomicOperatorId,
    expected_version: Option<i64>,
    fields: OperatorFields,
) -> Result<operator::Model> {
    require(context, Permission::Catalog)?;
    let fields = &fields;
    shop.transact(context, |tx| async move {
        let before = open(&tx, id, expected_version).await?;
        if before.deleted_at.is_some() {
            return Err(Refusal::not_found("economic operator").at(&["id"]).into());
        }
        let after = apply(&before, fields)?;
        if after == before {
            return Ok(before);
        }
        close(&tx, after, "economicOperator.update").await
    })
    .await
}

/// Deletes one that no product names.
///
/// # Errors
/// Refuses one that a product names.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: EconomicOperatorId,
    expected_version: Option<i64>,
) -> Result<operator::Model> {
    require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let mut row = open(&tx, id, None).await?;
        if row.deleted_at.is_some() {
            return Ok(row);
        }
        expect_version("economic operator", row.version, expected_version)?;
        let names_it = Condition::any()
            .add(safety::Column::ManufacturerId.eq(id))
            .add(safety::Column::ResponsiblePersonId.eq(id));
        let count = safety::Entity::find().filter(names_it).count(tx.db()).await?;
        if count > 0 {
            let message = messages::operator_in_use(count);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
        }
        row.deleted_at = Some(shop.now());
        close(&tx, row, "economicOperator.delete").await
    })
    .await
}

/// Brings one back.
///
/// # Errors
/// Refuses a version that is no longer its own.
pub async fn restore(
    shop: &Shop,
    context: &Context,
    id: EconomicOperatorId,
    expected_version: Option<i64>,
) -> Result<operator::Model> {
    require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let mut row = open(&tx, id, None).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        expect_version("economic operator", row.version, expected_version)?;
        close(&tx, row, "economicOperator.restore").await
    })
    .await
}

async fn open(tx: &Tx, id: EconomicOperatorId, expected_version: Option<i64>) -> Result<operator::Model> {
    let row = tx.lock::<operator::Entity>(id).await?;
    let row = row.ok_or_else(|| Refusal::not_found("economic operator").at(&["id"]))?;
    expect_version("economic operator", row.version, expected_version)?;
    Ok(row)
}

async fn close(tx: &Tx, mut row: operator::Model, action: &str) -> Result<operator::Model> {
    row.version += 1;
    row.updated_at = tx.shop().now();
    row.clone().into_active_model().reset_all().update(tx.db()).await?;
    audit(tx, action, row.id.to_string(), json!({ "name": row.name })).await?;
    Ok(row)
}

fn apply(before: &operator::Model, fields: &OperatorFields) -> Result<operator::Model> {
    let mut row = before.clone();
    let given = |new: &Option<String>, old: &String| new.clone().unwrap_or_else(|| old.clone());
    row.name = given(&fields.name, &row.name);
    row.postal_address = given(&fields.postal_address, &row.postal_address);
    row.electronic_address = given(&fields.electronic_address, &row.electronic_address);
    let mut refusals = Refusals::default();
    refusals.line(&["name"], &mut row.name, 255);
    let mut address = Some(std::mem::take(&mut row.postal_address));
    let known = refusals.0.len();
    refusals.optional_paragraph(&["postalAddress"], &mut address, 1_000);
    match address {
        Some(address) => row.postal_address = address,
        None if refusals.0.len() == known => refusals.refuse(&["postalAddress"], messages::operator_needs_address()),
        None => {}
    }
    match electronic(&row.electronic_address) {
        Ok(address) => row.electronic_address = address,
        Err(refusal) => refusals.0.push(refusal),
    }
    refusals.any().map_err(Error::Refused)?;
    Ok(row)
}

fn electronic(given: &str) -> Result<String, Refusal> {
    let field = ["electronicAddress"];
    let line = text::line(&field, given, 500)?;
    if line.contains('@') && !line.contains('/') {
        return text::email(&field, &line);
    }
    let plain = !line.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\'));
    if plain && is_web_address(&line) {
        return Ok(line);
    }
    Err(Refusal::new(ErrorCode::Invalid, messages::operator_electronic()).at(&field))
}

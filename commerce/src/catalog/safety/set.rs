//! Staff say who answers for a product, and what its buyers are warned of.

use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde_json::json;
use vitrine_entity::{
    economic_operator as operator,
    ids::{EconomicOperatorId, ProductId},
    product, product_safety as safety,
};

use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    catalog::{edit, fields::Refusals},
    staff::{Permission, audit, require},
};

const WARNINGS_LENGTH_MAX: usize = 5_000;

/// What a product's buyers are told. `None` leaves it as it is, and `Some(None)` takes it away.
#[derive(Debug, Clone)]
pub struct SafetySet {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub manufacturer: Option<Option<EconomicOperatorId>>,
    pub responsible_person: Option<Option<EconomicOperatorId>>,
    pub warnings: Option<Option<String>>,
}

/// Changes what a product's buyers are told.
///
/// # Errors
/// Refuses a maker or responsible person that is not there.
pub async fn set(shop: &Shop, context: &Context, input: SafetySet) -> Result<product::Model> {
    require(context, Permission::Catalog)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let product = edit::open(&tx, input.product, input.expected_version, "productId").await?;
        let before = safety::Entity::find_by_id(product.id).one(tx.db()).await?;
        let mut row = before.clone().unwrap_or(safety::Model {
            product_id: product.id,
            manufacturer_id: None,
            responsible_person_id: None,
            warnings: None,
        });
        let mut refusals = Refusals::default();
        if let Some(id) = input.manufacturer {
            check_operator(&tx, id, "manufacturerId", &mut refusals).await?;
            row.manufacturer_id = id;
        }
        if let Some(id) = input.responsible_person {
            check_operator(&tx, id, "responsiblePersonId", &mut refusals).await?;
            row.responsible_person_id = id;
        }
        if let Some(warnings) = &input.warnings {
            row.warnings.clone_from(warnings);
            refusals.optional_paragraph(&["warnings"], &mut row.warnings, WARNINGS_LENGTH_MAX);
        }
        refusals.any().map_err(Error::Refused)?;
        if before.as_ref() == Some(&row) {
            return Ok(product);
        }
        write(&tx, row).await?;
        let product = edit::close(&tx, product).await?;
        audit(&tx, "product.safety", product.id.to_string(), json!({})).await?;
        Ok(product)
    })
    .await
}

/// Has another product told the same.
pub(in crate::catalog) async fn copy(tx: &Tx, from: ProductId, to: ProductId) -> Result<()> {
    if let Some(mut row) = safety::Entity::find_by_id(from).one(tx.db()).await? {
        row.product_id = to;
        write(tx, row).await?;
    }
    Ok(())
}

async fn write(tx: &Tx, row: safety::Model) -> Result<()> {
    use safety::Column as C;
    let mut replace = OnConflict::column(C::ProductId);
    replace.update_columns([C::ManufacturerId, C::ResponsiblePersonId, C::Warnings]);
    let insert = safety::Entity::insert(row.into_active_model()).on_conflict(replace);
    insert.exec_without_returning(tx.db()).await?;
    Ok(())
}

async fn check_operator(tx: &Tx, id: Option<EconomicOperatorId>, field: &str, refusals: &mut Refusals) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    // Locked, so that it is not deleted meanwhile.
    let row = tx.lock::<operator::Entity>(id).await?;
    if row.is_none_or(|row| row.deleted_at.is_some()) {
        refusals.0.push(Refusal::not_found("economic operator").at(&[field]));
    }
    Ok(())
}

//! Staff delete a definition, and restore it.

use serde_json::json;
use vitrine_entity::ids::AttributeDefinitionId;

use super::{
    adopt,
    change::{close, open},
    definitions::Definition,
    fields::check_taken,
};
use crate::{
    Context, Error, Result, Shop,
    catalog::fields::Refusals,
    error::expect_version,
    staff::{Permission, audit, require},
};

/// Deletes a definition. The products keep their values, as free text.
///
/// # Errors
/// Refuses a version that is no longer the definition's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: AttributeDefinitionId,
    expected_version: Option<i64>,
) -> Result<Definition> {
    require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let mut definition = open(&tx, id, None).await?;
        if definition.row.deleted_at.is_some() {
            return Ok(definition);
        }
        expect_version("attribute", definition.row.version, expected_version)?;
        definition.row.deleted_at = Some(shop.now());
        close(&tx, &mut definition.row).await?;
        adopt::index(&tx, &definition.row.name).await?;
        audit(
            &tx,
            "attribute.delete",
            id.to_string(),
            json!({ "name": definition.row.name }),
        )
        .await?;
        Ok(definition)
    })
    .await
}

/// Brings a deleted definition back; products' values that bear its name are values of it again.
///
/// # Errors
/// Refuses one whose key or name another has by now.
pub async fn restore(
    shop: &Shop,
    context: &Context,
    id: AttributeDefinitionId,
    expected_version: Option<i64>,
) -> Result<Definition> {
    require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let mut definition = open(&tx, id, None).await?;
        if definition.row.deleted_at.is_none() {
            return Ok(definition);
        }
        expect_version("attribute", definition.row.version, expected_version)?;
        let mut refusals = Refusals::default();
        check_taken(&tx, &definition.row, &mut refusals).await?;
        refusals.any().map_err(Error::Refused)?;
        definition.row.deleted_at = None;
        close(&tx, &mut definition.row).await?;
        adopt::adopt(&tx, &definition).await?;
        adopt::index(&tx, &definition.row.name).await?;
        audit(
            &tx,
            "attribute.restore",
            id.to_string(),
            json!({ "name": definition.row.name }),
        )
        .await?;
        Ok(definition)
    })
    .await
}

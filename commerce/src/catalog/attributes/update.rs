//! Staff change what an attribute is. Its kind stays: values of another kind would be another attribute.

use serde_json::json;
use vitrine_entity::ids::AttributeDefinitionId;

use super::{
    adopt,
    change::{close, open},
    definitions::Definition,
    fields::{AttributeFields, apply, check_taken, write_choices},
};
use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    catalog::fields::Refusals,
    language::messages,
    sql,
    staff::{Permission, audit, require},
};

/// A change of an attribute.
#[derive(Debug, Clone)]
pub struct AttributeUpdate {
    pub id: AttributeDefinitionId,
    /// The definition's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub fields: AttributeFields,
}

/// Changes an attribute; products' values follow its name and those of its choices.
///
/// # Errors
/// Refuses to take away a choice that a product has.
pub async fn update(shop: &Shop, context: &Context, input: AttributeUpdate) -> Result<Definition> {
    require(context, Permission::Catalog)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let before = open(&tx, input.id, input.expected_version).await?;
        if before.row.deleted_at.is_some() {
            return Err(Refusal::not_found("attribute").at(&["id"]).into());
        }
        let mut after = before.clone();
        let mut refusals = Refusals::default();
        let renamed = apply(&tx, &mut after, &input.fields, &mut refusals).await?;
        check_taken(&tx, &after.row, &mut refusals).await?;
        check_in_use(&tx, &before, &after, &renamed, &mut refusals).await?;
        refusals.any().map_err(Error::Refused)?;
        if after == before {
            return Ok(before);
        }
        write_choices(&tx, input.id, after.choices.clone()).await?;
        close(&tx, &mut after.row).await?;
        for (from, to) in &renamed {
            adopt::rename_value(&tx, &before.row.name, from, to).await?;
        }
        if after.row.name != before.row.name {
            adopt::rename(&tx, &before.row.name, &after.row.name).await?;
        }
        adopt::adopt(&tx, &after).await?;
        adopt::index(&tx, &after.row.name).await?;
        audit(
            &tx,
            "attribute.update",
            input.id.to_string(),
            json!({ "name": after.row.name }),
        )
        .await?;
        Ok(after)
    })
    .await
}

async fn check_in_use(
    tx: &Tx,
    before: &Definition,
    after: &Definition,
    renamed: &[(String, String)],
    refusals: &mut Refusals,
) -> Result<()> {
    let stays = |value: &str| {
        after.choices.is_empty()
            || after.choices.iter().any(|choice| choice.value == value)
            || renamed.iter().any(|(from, _)| from == value)
    };
    for choice in before.choices.iter().filter(|choice| !stays(&choice.value)) {
        let sql = "select product_id from product_attribute where name = $1 and value = $2 union all \
                   select product_id from variant_attribute where name = $1 and value = $2 limit 1";
        let values = [before.row.name.as_str().into(), choice.value.as_str().into()];
        if !sql::rows(tx.db(), sql, values).await?.is_empty() {
            let message = messages::attribute_value_in_use(&choice.value);
            refusals.refuse(&["choices"], message);
        }
    }
    Ok(())
}

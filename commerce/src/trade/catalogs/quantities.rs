//! In which quantities a catalog sells.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{
    catalog, catalog_quantity,
    ids::{CatalogId, VariantId},
    variant,
};

use super::{bounded, change::touch, locked};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::{Message, messages},
    sql,
    staff::{Permission, permission::require_or_system},
};

/// As many as a cart's line holds.
const QUANTITY_MAX: i32 = 9_999;

/// In which quantities a variant is sold; all `None`: in any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariantRule {
    pub variant: VariantId,
    pub minimum: Option<i32>,
    pub maximum: Option<i32>,
    pub step: Option<i32>,
}

/// Sets in which quantities variants are sold by a catalog. Those that are not named keep theirs. All or nothing.
///
/// # Errors
/// Refuses whoever may not, variants that there are not, and quantities out of bounds or that leave none to be bought.
pub async fn set(shop: &Shop, context: &Context, id: CatalogId, rules: &[VariantRule]) -> Result<catalog::Model> {
    require_or_system(context, Permission::Catalog)?;
    bounded(rules.len(), "rules")?;
    let rows = &rows(id, rules)?;
    let named = &rules.iter().map(|rule| rule.variant).collect::<BTreeSet<_>>();
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        let known = variant::Entity::find()
            .filter(sql::among(tx.db(), variant::Column::Id, named.iter().copied()))
            .all(tx.db())
            .await?;
        if let Some(place) = rules
            .iter()
            .position(|rule| !known.iter().any(|row| row.id == rule.variant))
        {
            let refusal = Refusal::not_found("variant");
            return Err(refusal.at(&["rules", &place.to_string(), "variantId"]).into());
        }
        catalog_quantity::Entity::delete_many()
            .filter(catalog_quantity::Column::CatalogId.eq(id))
            .filter(sql::among(
                tx.db(),
                catalog_quantity::Column::VariantId,
                named.iter().copied(),
            ))
            .exec(tx.db())
            .await?;
        if !rows.is_empty() {
            let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
            catalog_quantity::Entity::insert_many(rows)
                .exec_without_returning(tx.db())
                .await?;
        }
        touch(&tx, row, "quantities_set").await
    })
    .await
}

fn rows(id: CatalogId, rules: &[VariantRule]) -> Result<Vec<catalog_quantity::Model>, Refusal> {
    let (mut rows, mut seen) = (Vec::new(), BTreeSet::new());
    for (place, rule) in rules.iter().enumerate() {
        let place = place.to_string();
        let refuse = |field: &str, message: Message| {
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["rules", &place, field]))
        };
        let (minimum, step) = (rule.minimum.unwrap_or(1), rule.step.unwrap_or(1));
        let given = [
            ("minimum", Some(minimum)),
            ("maximum", rule.maximum),
            ("step", Some(step)),
        ];
        for (field, quantity) in given {
            if quantity.is_some_and(|quantity| !(1..=QUANTITY_MAX).contains(&quantity)) {
                return refuse(field, messages::catalog_quantity_range(QUANTITY_MAX));
            }
        }
        // The least that is a multiple of the step.
        let least = (minimum + step - 1) / step * step;
        if rule.maximum.is_some_and(|maximum| least > maximum) {
            return refuse("maximum", messages::catalog_quantity_least(least));
        }
        if !seen.insert(rule.variant) {
            return refuse("variantId", messages::variant_named_twice());
        }
        if (minimum, rule.maximum, step) != (1, None, 1) {
            rows.push(catalog_quantity::Model {
                catalog_id: id,
                variant_id: rule.variant,
                minimum,
                maximum: rule.maximum,
                step,
            });
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_rule_leaves_something_to_be_bought() {
        let rule = |minimum, maximum, step| VariantRule {
            variant: VariantId(Uuid::nil()),
            minimum,
            maximum,
            step,
        };
        let id = CatalogId(Uuid::nil());
        let is_good = |given: VariantRule| rows(id, &[given]).map(|rows| rows.len());
        assert_eq!(is_good(rule(Some(10), Some(20), Some(5))), Ok(1));
        assert_eq!(is_good(rule(None, None, None)), Ok(0), "in any");
        for wrong in [
            rule(Some(0), None, None),
            rule(Some(5), Some(4), None),
            rule(Some(6), Some(9), Some(5)),
            rule(None, None, Some(10_000)),
        ] {
            assert!(is_good(wrong).is_err(), "{wrong:?}");
        }
        assert!(rows(id, &[rule(Some(2), None, None), rule(Some(3), None, None)]).is_err());
    }
}

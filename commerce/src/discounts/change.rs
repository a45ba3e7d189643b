//! Staff set up discounts.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{discount, discount_tally, ids::DiscountId};

use super::{
    codes::{self, insert},
    draft::{DiscountDraft, check},
    fits::{goods_exist, method_fits, one_more},
    limits::{recount, wait_for_users},
};
use crate::{
    Context, Result, Shop,
    error::expect_version,
    staff::{Permission, audit, permission, removal},
};

/// Makes a draft of a discount, with its first codes.
///
/// # Errors
/// Refuses whoever may not change the catalogue, fields that are wrong, and codes that are taken.
pub async fn create(
    shop: &Shop,
    context: &Context,
    draft: &DiscountDraft,
    codes: &[String],
) -> Result<discount::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    let codes = &codes::checked(draft.method, codes)?;
    shop.transact(context, |tx| async move {
        one_more(&tx).await?;
        let row = draft_row(shop, draft)?;
        goods_exist(&tx, &row).await?;
        row.clone().into_active_model().insert(tx.db()).await?;
        let tally = discount_tally::Model {
            discount_id: row.id,
            used: 0,
        };
        tally.into_active_model().insert(tx.db()).await?;
        insert(&tx, row.id, codes).await?;
        let data = json!({ "title": row.title, "codes": codes });
        audit(&tx, "discount.create", row.id.to_string(), data).await?;
        Ok(row)
    })
    .await
}

/// Changes a discount: it is as the draft says, all of it. Its codes stay.
///
/// # Errors
/// As [`create`], a version that is no longer the discount's, and a method that does not go with its codes.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: DiscountId,
    expected_version: Option<i64>,
    draft: &DiscountDraft,
) -> Result<discount::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let before = removal::live::<discount::Entity>(&tx, id).await?;
        expect_version("discount", before.version, expected_version)?;
        let after = discount::Model {
            id,
            active: before.active,
            version: before.version,
            created_at: before.created_at,
            updated_at: before.updated_at,
            ..draft_row(shop, draft)?
        };
        if after == before {
            return Ok(before);
        }
        if after.effect != before.effect {
            goods_exist(&tx, &after).await?;
        }
        if after.method != before.method {
            method_fits(&tx, &after).await?;
        }
        let gets_limit =
            |limit: fn(&discount::Model) -> Option<i64>| limit(&before).is_none() && limit(&after).is_some();
        let in_all = gets_limit(|row| row.usage_limit);
        let of_customer = gets_limit(|row| row.usage_limit_per_customer);
        let of_code = gets_limit(|row| row.usage_limit_per_code);
        // Where it was over, what each customer has used of it may be forgotten.
        let of_customer = of_customer || (goes_on(&before, &after) && after.usage_limit_per_customer.is_some());
        if in_all || of_customer || of_code {
            wait_for_users(&tx, id).await?;
        }
        let after = removal::write::<discount::Entity>(&tx, after, "update").await?;
        recount(&tx, id, in_all, of_customer, of_code).await?;
        Ok(after)
    })
    .await
}

/// Whether it had an end that it has no more, or later.
fn goes_on(before: &discount::Model, after: &discount::Model) -> bool {
    before
        .ends_at
        .is_some_and(|ended| after.ends_at.is_none_or(|ends_at| ends_at > ended))
}

/// The row of a draft: what is not written anywhere yet.
///
/// # Errors
/// All that is wrong with it.
pub(crate) fn draft_row(shop: &Shop, draft: &DiscountDraft) -> Result<discount::Model> {
    let checked = check(draft, &shop.profile())?;
    let now = shop.now();
    Ok(discount::Model {
        id: DiscountId(shop.new_id()),
        title: checked.title,
        method: draft.method,
        active: false,
        effect: checked.effect,
        conditions: checked.conditions,
        combines_with: checked.combines_with,
        priority: checked.priority,
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        usage_limit: draft.usage_limit,
        usage_limit_per_customer: draft.usage_limit_per_customer,
        usage_limit_per_code: draft.usage_limit_per_code,
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    })
}

//! Staff switch discounts on and off, delete them and bring them back.

use serde_json::json;
use vitrine_entity::{
    discount::{self, DiscountMethod},
    ids::DiscountId,
};

use super::{
    fits::{few_automatic, has_code, one_more},
    limits::recount,
};
use crate::{
    Context, Result, Shop, Tx,
    error::expect_version,
    staff::{
        Permission, permission,
        removal::{self, Removable, live},
    },
};

/// Switches a discount on: carts have it from now on, or from when it starts. One that is on stays so.
///
/// # Errors
/// Refuses whoever may not change the catalogue, a version that is no longer the discount's, one that has no code to be had
/// by, and more that apply by themselves than carts can be tried with.
pub async fn activate(
    shop: &Shop,
    context: &Context,
    id: DiscountId,
    expected_version: Option<i64>,
) -> Result<discount::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let before = live::<discount::Entity>(&tx, id).await?;
        if before.active {
            return Ok(before);
        }
        expect_version("discount", before.version, expected_version)?;
        if before.method == DiscountMethod::Code {
            has_code(&tx, id).await?;
        }
        few_automatic(&tx, &before).await?;
        set_active(&tx, before, true, "activate").await
    })
    .await
}

/// Switches a discount off: it is a draft again, and no cart has it. One that is off stays so.
///
/// # Errors
/// Refuses whoever may not change the catalogue, and a version that is no longer the discount's.
pub async fn deactivate(
    shop: &Shop,
    context: &Context,
    id: DiscountId,
    expected_version: Option<i64>,
) -> Result<discount::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let before = live::<discount::Entity>(&tx, id).await?;
        if !before.active {
            return Ok(before);
        }
        expect_version("discount", before.version, expected_version)?;
        set_active(&tx, before, false, "deactivate").await
    })
    .await
}

/// Takes a discount away, switched off. Orders that have it keep it, and its codes stay its own. One that is gone stays so.
///
/// # Errors
/// Refuses whoever may not change the catalogue, and a version that is no longer the discount's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: DiscountId,
    expected_version: Option<i64>,
) -> Result<discount::Model> {
    removal::delete::<discount::Entity>(shop, context, Permission::Catalog, id, expected_version).await
}

/// Brings a deleted discount back, as a draft. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not change the catalogue, and more than a shop has.
pub async fn restore(shop: &Shop, context: &Context, id: DiscountId) -> Result<discount::Model> {
    removal::restore::<discount::Entity>(shop, context, Permission::Catalog, id).await
}

async fn set_active(tx: &Tx, row: discount::Model, active: bool, verb: &str) -> Result<discount::Model> {
    removal::write::<discount::Entity>(tx, discount::Model { active, ..row }, verb).await
}

impl Removable for discount::Model {
    const CALLED: &'static str = "discount";
    const NOUN: &'static str = "discount";

    removal::life!();

    fn told(&self) -> (String, serde_json::Value) {
        let data = json!({ "title": self.title, "version": self.version });
        (self.id.to_string(), data)
    }

    fn leaves(&mut self) {
        self.active = false;
    }

    async fn may_return(&self, tx: &Tx) -> Result<()> {
        one_more(tx).await?;
        // What each customer has used of it may be forgotten.
        recount(tx, self.id, false, self.usage_limit_per_customer.is_some(), false).await
    }
}

//! Staff make catalogs, change them, and take them away.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    catalog::{self, CatalogGoods, Column},
    ids::{CatalogId, CompanyId, CustomerGroupId},
};

use super::{assign, locked};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    money::Currency,
    settings,
    staff::{
        Permission,
        permission::require_or_system,
        removal::{self, Removable},
    },
    text,
    trade::named,
    turn::{self, Turn},
};

/// The most catalogs of a shop that are there.
const CATALOGS_MAX: u64 = 200;

/// From free to eleven times the price.
const ADJUSTMENTS: std::ops::RangeInclusive<i32> = -10_000..=100_000;

/// A catalog to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogDraft {
    pub name: String,
    /// For staff alone.
    pub note: Option<String>,
    /// Of the shop's prices, where none is fixed: hundredths of a percent, negative for less.
    pub adjustment_basis_points: i32,
    pub net_prices: bool,
    pub goods: CatalogGoods,
    /// Where its prices count; wherever the shop sells if it names none.
    pub currency: Option<String>,
    pub groups: Vec<CustomerGroupId>,
    pub companies: Vec<CompanyId>,
}

/// A change of a catalog; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogChange {
    pub name: Option<String>,
    /// `Some(None)` takes it away.
    pub note: Option<Option<String>>,
    pub adjustment_basis_points: Option<i32>,
    pub net_prices: Option<bool>,
    pub goods: Option<CatalogGoods>,
    /// `Some(None)`: wherever the shop sells.
    pub currency: Option<Option<String>>,
    /// All of them.
    pub groups: Option<Vec<CustomerGroupId>>,
    /// All of them.
    pub companies: Option<Vec<CompanyId>>,
}

/// Makes a catalog.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, and groups and companies that there are not.
pub async fn create(shop: &Shop, context: &Context, draft: CatalogDraft) -> Result<catalog::Model> {
    require_or_system(context, Permission::Catalog)?;
    let draft = &draft;
    shop.transact(context, |tx| async move {
        turn::take(&tx, Turn::Catalogs).await?;
        let live = catalog::Entity::find().filter(Column::DeletedAt.is_null());
        if live.count(tx.db()).await? >= CATALOGS_MAX {
            let message = messages::catalogs_max(CATALOGS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["name"]).into());
        }
        let now = tx.shop().now();
        let row = catalog::Model {
            id: CatalogId(tx.shop().new_id()),
            name: named::name(&draft.name)?,
            note: named::note(draft.note.as_deref())?,
            adjustment_basis_points: adjustment(draft.adjustment_basis_points)?,
            net_prices: draft.net_prices,
            goods: draft.goods,
            currency: draft.currency.as_deref().map(|code| currency(&tx, code)).transpose()?,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        assign::groups(&tx, row.id, &draft.groups).await?;
        assign::companies(&tx, row.id, &draft.companies).await?;
        removal::note(&tx, &row, "create").await?;
        Ok(row)
    })
    .await
}

/// Changes a catalog.
///
/// # Errors
/// As [`create`], and refuses a version that is no longer the catalog's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: CatalogId,
    expected_version: Option<i64>,
    change: CatalogChange,
) -> Result<catalog::Model> {
    require_or_system(context, Permission::Catalog)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let before = locked(&tx, id).await?;
        expect_version("catalog", before.version, expected_version)?;
        let after = changed(&tx, &before, change)?;
        let mut differs = after != before;
        if let Some(groups) = &change.groups {
            differs |= assign::groups(&tx, id, groups).await?;
        }
        if let Some(companies) = &change.companies {
            differs |= assign::companies(&tx, id, companies).await?;
        }
        match differs {
            true => touch(&tx, after, "update").await,
            false => Ok(before),
        }
    })
    .await
}

/// Takes a catalog away: nobody buys by it any more. What it says is kept for when it is restored. One that is gone stays
/// so.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the catalog's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: CatalogId,
    expected_version: Option<i64>,
) -> Result<catalog::Model> {
    removal::delete::<catalog::Entity>(shop, context, Permission::Catalog, id, expected_version).await
}

/// Brings a catalog back as it was. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not.
pub async fn restore(shop: &Shop, context: &Context, id: CatalogId) -> Result<catalog::Model> {
    removal::restore::<catalog::Entity>(shop, context, Permission::Catalog, id).await
}

/// Writes a locked catalog at its next version, as whatever it says has changed.
pub(super) async fn touch(tx: &Tx, row: catalog::Model, verb: &str) -> Result<catalog::Model> {
    removal::write::<catalog::Entity>(tx, row, verb).await
}

impl Removable for catalog::Model {
    const CALLED: &'static str = "catalog";
    const NOUN: &'static str = "catalog";

    removal::life!();

    fn told(&self) -> (String, serde_json::Value) {
        (
            self.id.to_string(),
            json!({ "name": self.name, "version": self.version }),
        )
    }

    async fn followed(&self, tx: &Tx) -> Result<()> {
        settings::note_trade(tx).await
    }
}

fn changed(tx: &Tx, before: &catalog::Model, change: &CatalogChange) -> Result<catalog::Model, Refusal> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = named::name(name)?;
    }
    if let Some(note) = &change.note {
        after.note = named::note(note.as_deref())?;
    }
    if let Some(points) = change.adjustment_basis_points {
        after.adjustment_basis_points = adjustment(points)?;
    }
    if let Some(code) = &change.currency {
        after.currency = code.as_deref().map(|code| currency(tx, code)).transpose()?;
    }
    after.net_prices = change.net_prices.unwrap_or(before.net_prices);
    after.goods = change.goods.unwrap_or(before.goods);
    Ok(after)
}

fn adjustment(points: i32) -> Result<i32, Refusal> {
    match ADJUSTMENTS.contains(&points) {
        true => Ok(points),
        false => {
            let message = messages::adjustment_range();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["adjustmentBasisPoints"]))
        }
    }
}

/// One that the shop sells in.
fn currency(tx: &Tx, code: &str) -> Result<Currency, Refusal> {
    sold_in(tx.shop(), code).map_err(|refusal| refusal.at(&["currencyCode"]))
}

/// One that the shop sells in.
pub(in crate::trade) fn sold_in(shop: &Shop, code: &str) -> Result<Currency, Refusal> {
    let wanted = text::code(code).to_ascii_uppercase();
    let profile = shop.profile();
    let found = profile.currencies().find(|currency| currency.code() == wanted);
    found.ok_or_else(|| {
        let known: Vec<_> = profile.currencies().map(|currency| currency.code()).collect();
        let message = messages::sells_in(known.join(", "));
        Refusal::new(ErrorCode::Invalid, message)
    })
}

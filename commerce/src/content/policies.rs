//! The policies that are in force, and those under which an order was placed.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    ids::{OrderId, PageVersionId},
    order_policy,
    page::{self, PageKind},
    page_version,
};

use super::page::{PageView, with_texts};
use crate::{ErrorCode, Refusal, Result, Shop, Tx};

/// What an order is placed under. The others only tell.
const AGREED_TO: [PageKind; 3] = [PageKind::Terms, PageKind::Privacy, PageKind::Withdrawal];

/// The policies that shoppers see, in the order of their kinds.
pub async fn published(shop: &Shop) -> Result<Vec<PageView>> {
    let mut policies = in_public(&shop.db).await?;
    policies.sort_by_key(|policy| policy.page.kind);
    Ok(policies)
}

/// The texts of the policies, kept as of a revision: those under which orders are placed, and those that only tell.
struct InForce {
    agreed_to: Vec<PageVersionId>,
    told: Vec<PageVersionId>,
}

impl InForce {
    fn has(&self, text: &PageVersionId) -> bool {
        self.agreed_to.contains(text) || self.told.contains(text)
    }
}

/// Writes down under which texts `order` is placed: those in force, as of a `revision` that this transaction has read.
/// Where the shopper says what they agreed to, each must be in force; it may be one that only tells, for a front end may
/// name all policies that the shop shows.
///
/// # Errors
/// `POLICY_CHANGED` where another text is in force by now.
pub(crate) async fn record(tx: &Tx, order: OrderId, agreed: Option<&[PageVersionId]>, revision: &str) -> Result<()> {
    let in_force = in_force(tx, revision).await?;
    if agreed.is_some_and(|agreed| !agreed.iter().all(|text| in_force.has(text))) {
        let message = "A policy has changed since the shopper agreed to it: show the new text, and ask again.";
        return Err(Refusal::new(ErrorCode::PolicyChanged, message)
            .at(&["agreedPolicyIds"])
            .into());
    }
    let rows = in_force.agreed_to.iter().map(|text| order_policy::ActiveModel {
        order_id: sea_orm::ActiveValue::Set(order),
        page_version_id: sea_orm::ActiveValue::Set(*text),
    });
    tx.write_later::<order_policy::Entity>(rows);
    Ok(())
}

async fn in_force(tx: &Tx, revision: &str) -> Result<Arc<InForce>> {
    let kept = tx.shop().by_revision();
    if let Some(in_force) = kept.find(revision) {
        return Ok(in_force);
    }
    let (agreed_to, told): (Vec<_>, Vec<_>) = in_public(tx.db())
        .await?
        .into_iter()
        .partition(|policy| AGREED_TO.contains(&policy.page.kind));
    let ids = |policies: Vec<PageView>| policies.into_iter().map(|policy| policy.text.id).collect();
    let in_force = Arc::new(InForce {
        agreed_to: ids(agreed_to),
        told: ids(told),
    });
    kept.keep(revision, &in_force);
    Ok(in_force)
}

/// The texts under which each of `orders` was placed.
pub async fn of_orders(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<page_version::Model>>> {
    let rows = order_policy::Entity::find()
        .filter(order_policy::Column::OrderId.is_in(orders.iter().copied()))
        .find_also_related(page_version::Entity)
        .order_by_asc(page_version::Column::Id)
        .all(&shop.db)
        .await?;
    let mut texts: HashMap<_, Vec<_>> = HashMap::new();
    for (row, text) in rows {
        texts.entry(row.order_id).or_default().extend(text);
    }
    Ok(texts)
}

/// The policies that shoppers see.
async fn in_public(db: &impl ConnectionTrait) -> Result<Vec<PageView>> {
    let kinds = AGREED_TO.into_iter().chain([PageKind::Imprint, PageKind::Shipping]);
    let pages = page::Entity::find()
        .filter(page::Column::Kind.is_in(kinds))
        .filter(page::Column::Published.eq(true))
        .filter(page::Column::DeletedAt.is_null())
        .all(db)
        .await?;
    match pages.is_empty() {
        true => Ok(Vec::new()),
        false => with_texts(db, pages).await,
    }
}

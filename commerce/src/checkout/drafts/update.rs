//! Staff change a draft order, until it is an order.

use vitrine_entity::{draft_order, ids::DraftOrderId};

use super::{
    fields::{DraftFields, within},
    row::{Opened, open, save},
};
use crate::{
    Context, Result, Shop,
    cart::{
        CartRow, CartView,
        drafting::{self, DraftLine},
    },
    staff::{Permission, permission::require_or_system},
};

/// Changes what staff say of a draft order beside its lines. In another currency its goods cost what the catalogue says there.
/// For staff.
///
/// # Errors
/// Refuses whoever may not, what is wrong, one that is an order already, and a version that is no longer its own.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: DraftOrderId,
    expected_version: Option<i64>,
    fields: DraftFields,
) -> Result<(draft_order::Model, CartView)> {
    require_or_system(context, Permission::Orders)?;
    let fields = &fields;
    shop.transact(context, |tx| async move {
        let Opened { mut row, cart, lines } = open(&tx, id, expected_version).await?;
        let CartRow {
            row: mut changed,
            revision,
        } = cart;
        let has_own_prices = lines.iter().any(|(line, _)| line.own_price);
        let written = fields.write_cart(&tx, id, &mut changed, has_own_prices).await;
        let is_elsewhere = written.map_err(within)?;
        let written = fields.write_row(tx.shop(), &mut row);
        written.map_err(|refusal| within(refusal.into()))?;
        let lines = match is_elsewhere {
            true => drafting::price_anew(&tx, &changed).await?,
            // Who buys may be another now, to whom other goods are sold; what was agreed stays.
            false => drafting::lines(&tx, &changed).await?,
        };
        let cart = CartRow { row: changed, revision };
        save(&tx, row, cart, lines, "update").await
    })
    .await
}

/// Puts lines into a draft order, changes them, and takes them out. For staff.
///
/// # Errors
/// As [`update`].
pub async fn set_lines(
    shop: &Shop,
    context: &Context,
    id: DraftOrderId,
    expected_version: Option<i64>,
    wanted: Vec<DraftLine>,
) -> Result<(draft_order::Model, CartView)> {
    require_or_system(context, Permission::Orders)?;
    let wanted = &wanted;
    shop.transact(context, |tx| async move {
        let Opened { row, cart, lines } = open(&tx, id, expected_version).await?;
        let lines = drafting::set_lines(&tx, &cart.row, lines, wanted).await?;
        save(&tx, row, cart, lines, "lines").await
    })
    .await
}

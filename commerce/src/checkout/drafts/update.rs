//! Staff change a draft order, until it is an order.

use sea_orm::EntityTrait;
use vitrine_entity::{draft_order, ids::DraftOrderId};

use super::{
    fields::{DraftFields, within},
    row::{Opened, open, save},
};
use crate::{
    Context, Refusal, Result, Shop, Tx,
    cart::{
        CartRow, CartView,
        drafting::{self, DraftLine, LineOf},
    },
    idempotency::{self, Claim},
    repeats::refuse_unrepeatable,
    staff::{Permission, permission::require_or_system, removal::Removable},
    text,
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

/// Which lines of a draft order change.
#[derive(Debug, Clone)]
pub struct SetLines {
    pub draft: DraftOrderId,
    pub expected_version: Option<i64>,
    pub lines: Vec<DraftLine>,
    /// Chosen by the client, once for each change it means to make. Without one and without a version nothing is put in: whoever
    /// repeated that would put it in twice.
    pub idempotency_key: Option<String>,
}

/// Puts lines into a draft order, changes them, and takes them out. For staff.
///
/// # Errors
/// As [`update`]; and what is put in without a key or a version.
pub async fn set_lines(shop: &Shop, context: &Context, input: SetLines) -> Result<draft_order::Model> {
    require_or_system(context, Permission::Orders)?;
    let key = input.idempotency_key.as_deref();
    let key = key.map(|key| text::line(&["idempotencyKey"], key, 255)).transpose()?;
    let puts_in = input.lines.iter().any(|line| !matches!(line.of, LineOf::Line(_)));
    if puts_in {
        refuse_unrepeatable(context, key.is_some() || input.expected_version.is_some())?;
    }
    let (key, input) = (key.as_deref(), &input);
    let work = |tx: Tx| async move {
        if let Some(key) = key {
            let parts = [input.draft.to_string(), format!("{:?}", input.lines)];
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let request = idempotency::Request::of_staff(&tx, "draft_order_lines", key, &parts);
            let claimed = idempotency::claim(&tx, &request, input.draft, input.draft).await?;
            if let Claim::Replay::<DraftOrderId>(id) = claimed {
                let row = draft_order::Entity::find_by_id(id).one(tx.db()).await?;
                return Ok(row.ok_or_else(|| Refusal::not_found(draft_order::Model::CALLED).at(&["id"]))?);
            }
        }
        let Opened { row, cart, lines } = open(&tx, input.draft, input.expected_version).await?;
        let lines = drafting::set_lines(&tx, &cart.row, lines, &input.lines).await?;
        Ok(save(&tx, row, cart, lines, "lines").await?.0)
    };
    match key {
        Some(_) => shop.transact_keyed(context, work).await,
        None => shop.transact(context, work).await,
    }
}

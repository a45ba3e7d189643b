//! Staff give a draft order to whoever is to pay it.

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_entity::{
    draft_order::{self, DraftOrderState},
    ids::DraftOrderId,
};

use super::{
    fields::DraftFields,
    find::seen,
    row::{Opened, open, save},
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop,
    cart::{CartView, has_expired},
    jobs::MailKind,
    language::messages,
    notifications,
    staff::{Permission, permission::require_or_system},
};

/// For how long it may be paid where nobody says.
const EXPIRES_AFTER: TimeDelta = TimeDelta::days(14);

/// How it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Send {
    pub draft: DraftOrderId,
    pub expected_version: Option<i64>,
    /// Until when it may be paid; `Some(None)`: as long as it is there.
    pub expires_at: Option<Option<DateTime<Utc>>>,
    /// What staff write to whoever is to pay.
    pub message: Option<Option<String>>,
    /// Whether the link is mailed; else staff give it themselves.
    pub by_mail: bool,
    /// Whether one that was sent is sent once more.
    pub again: bool,
}

/// Lets whoever has its link pay a draft order, and mails it to them. One that was sent so already stays as it is, unless it is
/// to be sent again. For staff.
///
/// # Errors
/// Refuses whoever may not, one without lines or, by mail, without an address, one whose goods are not to be had, one that is
/// an order already, and a version that is no longer its own.
pub async fn send(shop: &Shop, context: &Context, input: Send) -> Result<draft_order::Model> {
    require_or_system(context, Permission::Orders)?;
    let before = seen(shop, input.draft).await?;
    let fields = &DraftFields {
        expires_at: input.expires_at,
        message: input.message.clone(),
        ..DraftFields::default()
    };
    if before.state == DraftOrderState::Sent && !input.again && !has_expired(&before, shop) {
        let mut wanted = before.clone();
        fields.write_row(shop, &mut wanted)?;
        if wanted == before {
            return Ok(before);
        }
    }
    let input = &input;
    shop.transact(context, |tx| async move {
        let Opened { mut row, cart, lines } = open(&tx, input.draft, input.expected_version).await?;
        fields.write_row(tx.shop(), &mut row)?;
        let is_first = row.state == DraftOrderState::Open && input.expires_at.is_none() && row.expires_at.is_none();
        if is_first || has_expired(&row, tx.shop()) {
            row.expires_at = Some(tx.shop().now() + EXPIRES_AFTER);
        }
        row.state = DraftOrderState::Sent;
        row.sent_at = Some(tx.shop().now());
        let (row, view) = save(&tx, row, cart, lines, "send").await?;
        refuse_unpayable(&view, input.by_mail)?;
        if input.by_mail {
            let mail = MailKind::DraftOrder { draft: row.id };
            notifications::send(&tx, None, mail);
        }
        Ok(row)
    })
    .await
}

/// What whoever is to pay could not mend themselves.
fn refuse_unpayable(view: &CartView, by_mail: bool) -> Result<()> {
    if view.lines.is_empty() {
        return Err(Refusal::new(ErrorCode::CartEmpty, messages::cart_empty())
            .at(&["id"])
            .into());
    }
    if by_mail && view.cart.email.is_none() {
        let refusal = Refusal::new(ErrorCode::CartIncomplete, messages::draft_order_email_missing());
        return Err(refusal.at(&["id"]).into());
    }
    let of_lines = view.problems.iter().filter(|problem| problem.line().is_some());
    let refusals: Vec<_> = of_lines.map(|problem| problem.refusal().at(&["id"])).collect();
    match refusals.is_empty() {
        true => Ok(()),
        false => Err(Error::Refused(refusals)),
    }
}

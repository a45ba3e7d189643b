//! Staff issue a gift card.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    credit_entry::CreditEntryKind,
    ids::CreditAccountId,
};

use super::{
    code::Code,
    ledger::{self, Movement, positive},
    send::ask_for_mail,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    money::Currency,
    profile::Profile,
    settings::nearest,
    staff::{Permission, audit, permission},
    text,
};

/// The longest that a card may wait for its mail, and live.
const YEARS_MAX: i64 = 100;

/// What is on a card, and for whom it is.
#[derive(Debug, Clone, Default)]
pub struct IssueGiftCard {
    /// A decimal in its currency.
    pub amount: String,
    /// One that the shop sells in; its own where none is given.
    pub currency: Option<String>,
    /// Where its mail goes; nobody is sent one where it is not given.
    pub recipient_email: Option<String>,
    pub recipient_name: Option<String>,
    pub sender_name: Option<String>,
    /// What the giver writes.
    pub message: Option<String>,
    /// When the mail is sent; at once where it is not given.
    pub deliver_at: Option<DateTime<Utc>>,
    /// From when it pays nothing; by the shop's rule where it is not given.
    pub expires_at: Option<DateTime<Utc>>,
    /// For staff.
    pub note: Option<String>,
    /// BCP 47: the language of its mail.
    pub locale: Option<String>,
}

/// A card, and its code, which nobody is shown again.
#[derive(Debug, Clone)]
pub struct Issued {
    pub account: credit_account::Model,
    pub code: String,
}

/// Makes a card with money on it.
///
/// # Errors
/// Refuses whoever may not, and fields that are wrong.
pub async fn issue(shop: &Shop, context: &Context, input: IssueGiftCard) -> Result<Issued> {
    permission::require_or_system(context, Permission::Refunds)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let row = draft(&tx, input)?;
        let code = Code::of(shop, row.id).written();
        let data = json!({ "amountMinor": row.balance_minor, "currency": row.currency, "lastFour": row.last_four });
        let account = write(&tx, row, input.note.as_deref()).await?;
        ask_for_mail(&tx, &account);
        audit(&tx, "gift_card.issue", account.id.to_string(), data).await?;
        Ok(Issued { account, code })
    })
    .await
}

fn draft(tx: &Tx, input: &IssueGiftCard) -> Result<credit_account::Model, Refusal> {
    let (shop, profile) = (tx.shop(), tx.shop().profile());
    let currency = currency(tx, input.currency.as_deref())?;
    let email = input.recipient_email.as_deref();
    let email = email.map(|email| text::email(&["recipientEmail"], email)).transpose()?;
    let line = |name, value: &Option<String>| text::optional_line(&[name], value.as_deref(), 100);
    let locale = input.locale.as_deref();
    let locale = locale
        .map(|asked| nearest(&["locale"], asked, &profile.languages))
        .transpose()?;
    let deliver_at = within(shop, "deliverAt", input.deliver_at)?;
    if let (None, Some(_)) = (&email, deliver_at) {
        let message = messages::gift_card_needs_recipient();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["recipientEmail"]));
    }
    Ok(credit_account::Model {
        balance_minor: positive(&["amount"], &input.amount, currency)?,
        locale: locale.as_deref().unwrap_or(&tx.context().locale).to_owned(),
        deliver_at: email.as_ref().map(|_| deliver_at.unwrap_or_else(|| shop.now())),
        recipient_email: email,
        recipient_name: line("recipientName", &input.recipient_name)?,
        sender_name: line("senderName", &input.sender_name)?,
        message: text::optional_paragraph(&["message"], input.message.as_deref(), 1_000)?,
        note: text::optional_line(&["note"], input.note.as_deref(), 200)?,
        expires_at: expiry(shop, input.expires_at)?,
        ..new_card(shop, currency)
    })
}

/// An empty card with its code.
pub(super) fn new_card(shop: &Shop, currency: Currency) -> credit_account::Model {
    let (id, now) = (CreditAccountId(shop.new_id()), shop.now());
    let code = Code::of(shop, id);
    credit_account::Model {
        id,
        kind: CreditKind::GiftCard,
        currency,
        balance_minor: 0,
        entry_count: 1,
        customer_id: None,
        code_hash: Some(code.hash()),
        last_four: Some(code.last_four()),
        locale: String::new(),
        recipient_email: None,
        recipient_name: None,
        sender_name: None,
        message: None,
        deliver_at: None,
        mailed_at: None,
        note: None,
        expires_at: None,
        reminded_for: None,
        disabled_at: None,
        order_id: None,
        order_line_id: None,
        position: 0,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// Writes a card with what is on it.
pub(super) async fn write(tx: &Tx, row: credit_account::Model, reason: Option<&str>) -> Result<credit_account::Model> {
    let written = row.clone().into_active_model();
    credit_account::Entity::insert(written)
        .exec_without_returning(tx.db())
        .await?;
    let movement = Movement {
        kind: CreditEntryKind::Issued,
        amount_minor: row.balance_minor,
        order: row.order_id,
        refund: None,
        reason,
    };
    ledger::note(tx, &row, movement);
    Ok(row)
}

pub(super) fn currency(tx: &Tx, asked: Option<&str>) -> Result<Currency, Refusal> {
    let profile = tx.shop().profile();
    let Some(asked) = asked else {
        return Ok(profile.currency);
    };
    let wanted = text::code(asked).to_ascii_uppercase();
    let found = profile.currencies().find(|currency| currency.code() == wanted);
    found.ok_or_else(|| {
        let known: Vec<_> = profile.currencies().map(|currency| currency.code()).collect();
        let message = messages::sells_in(known.join(", "));
        Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
    })
}

fn expiry(shop: &Shop, at: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Refusal> {
    match at {
        Some(at) if at <= shop.now() => {
            let message = messages::expires_in_past();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["expiresAt"]))
        }
        None => Ok(usual_expiry(&shop.profile(), shop.now())),
        at => within(shop, "expiresAt", at),
    }
}

/// From when a card that is issued now pays nothing, by the shop's rule: so many months after the end of the year.
pub(super) fn usual_expiry(profile: &Profile, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let months = Months::new(profile.gift_card_months?);
    let next_year = NaiveDate::from_ymd_opt(profile.date(now).year() + 1, 1, 1)?;
    Some(profile.day_begins(next_year.checked_add_months(months)?))
}

fn within(shop: &Shop, field: &'static str, at: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Refusal> {
    let latest = shop.now() + chrono::TimeDelta::days(YEARS_MAX * 365);
    match at {
        Some(at) if at > latest => {
            let message = messages::must_lie_within_years(field, YEARS_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]))
        }
        at => Ok(at),
    }
}

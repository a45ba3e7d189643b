//! The charges in the provider's books.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use vitrine_commerce::ports::payment::{Capture, ProviderError, Refund, Void};
use vitrine_entity::ids::PaymentId;

use super::{
    books::{ALL_MAX, DUE_BATCH, Later, change, statement},
    unknown,
};

/// How many charges of one attempt are weighed against each other.
const OF_PAYMENT_MAX: i64 = 100;

/// A charge.
#[derive(Debug, Clone, FromQueryResult, Serialize, Deserialize)]
pub(super) struct ChargeRow {
    pub(super) reference: String,
    /// Our payment attempt's id, in its public form, or whatever another system wrote.
    pub(super) payment_id: String,
    pub(super) token: String,
    pub(super) currency: String,
    pub(super) amount_minor: i64,
    pub(super) captured_minor: i64,
    pub(super) refunded_minor: i64,
    pub(super) capture_at_once: bool,
    pub(super) status: String,
    pub(super) decline_code: Option<String>,
    /// When time decides it: what is pending is approved then, and an authorization lapses.
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) created_at: DateTime<Utc>,
    /// The method that is saved with it.
    #[serde(default)]
    pub(super) saved_method: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChargeStatus {
    ActionRequired,
    Pending,
    Authorized,
    Captured,
    Declined,
    Voided,
}

impl ChargeStatus {
    const ALL: [Self; 6] = [
        Self::ActionRequired,
        Self::Pending,
        Self::Authorized,
        Self::Captured,
        Self::Declined,
        Self::Voided,
    ];

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::ActionRequired => "ACTION_REQUIRED",
            Self::Pending => "PENDING",
            Self::Authorized => "AUTHORIZED",
            Self::Captured => "CAPTURED",
            Self::Declined => "DECLINED",
            Self::Voided => "VOIDED",
        }
    }
}

impl ChargeRow {
    pub(super) fn status(&self) -> Result<ChargeStatus, ProviderError> {
        let status = ChargeStatus::ALL
            .into_iter()
            .find(|status| status.text() == self.status);
        status.ok_or_else(|| {
            unknown(format!(
                "simulated_charge.status of {} is `{}`",
                self.reference, self.status
            ))
        })
    }
}

pub(super) fn insert(later: &Later, row: &ChargeRow) {
    let sql = "insert into simulated_charge (reference, payment_id, token, currency, amount_minor, captured_minor, \
               refunded_minor, capture_at_once, status, decline_code, due_at, created_at, saved_method) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let values = [
        row.reference.clone().into(),
        row.payment_id.clone().into(),
        row.token.clone().into(),
        row.currency.clone().into(),
        row.amount_minor.into(),
        row.captured_minor.into(),
        row.refunded_minor.into(),
        row.capture_at_once.into(),
        row.status.clone().into(),
        row.decline_code.clone().into(),
        row.due_at.into(),
        row.created_at.into(),
        row.saved_method.clone().into(),
    ];
    later.add(sql, values);
}

/// # Errors
/// When it is not there.
pub(super) async fn require(db: &impl ConnectionTrait, reference: &str) -> Result<ChargeRow, ProviderError> {
    find(db, reference)
        .await?
        .ok_or_else(|| ProviderError::Rejected(format!("there is no charge `{reference}`")))
}

pub(super) async fn find(db: &impl ConnectionTrait, reference: &str) -> Result<Option<ChargeRow>, ProviderError> {
    let found = rows(db, "where reference = $1", [reference.into()]).await?;
    Ok(found.into_iter().next())
}

/// Every charge that names an attempt, oldest first.
pub(super) async fn of_payment(db: &impl ConnectionTrait, payment: PaymentId) -> Result<Vec<ChargeRow>, ProviderError> {
    let which = "where payment_id = $1 order by created_at, reference limit $2";
    rows(db, which, [payment.to_string().into(), OF_PAYMENT_MAX.into()]).await
}

pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<ChargeRow>, ProviderError> {
    rows(db, "order by created_at, reference limit $1", [ALL_MAX.into()]).await
}

/// What was made from `since` on and before `until`, and after what a page ended with.
pub(super) async fn between(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    after: Option<(DateTime<Utc>, String)>,
    limit: i64,
) -> Result<Vec<ChargeRow>, ProviderError> {
    // No charge has an empty reference, so that this is before all of `since`.
    let (time, reference) = after.unwrap_or((since, String::new()));
    let which = "where created_at < $1 and (created_at, reference) > ($2, $3) order by created_at, reference limit $4";
    rows(db, which, [until.into(), time.into(), reference.into(), limit.into()]).await
}

/// What time decides now.
pub(super) async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<ChargeRow>, ProviderError> {
    let which = "where due_at <= $1 order by due_at limit $2";
    rows(db, which, [now.into(), DUE_BATCH.into()]).await
}

async fn rows<const N: usize>(
    db: &impl ConnectionTrait,
    which: &str,
    values: [Value; N],
) -> Result<Vec<ChargeRow>, ProviderError> {
    let sql = format!("select * from simulated_charge {which}");
    let statement = statement(db, &sql, values);
    ChargeRow::find_by_statement(statement).all(db).await.map_err(unknown)
}

/// Approves what was undecided, and captures it if that was asked for; otherwise it lapses then.
pub(super) async fn approve(
    db: &impl ConnectionTrait,
    reference: &str,
    from: ChargeStatus,
    lapses_at: DateTime<Utc>,
) -> Result<bool, ProviderError> {
    let sql = "update simulated_charge set \
               status = case when capture_at_once then 'CAPTURED' else 'AUTHORIZED' end, \
               captured_minor = case when capture_at_once then amount_minor else 0 end, \
               due_at = case when capture_at_once then null else $3 end \
               where reference = $1 and status = $2";
    change(db, sql, [reference.into(), from.text().into(), lapses_at.into()]).await
}

/// Declines what waits for the shopper.
pub(super) async fn decline(db: &impl ConnectionTrait, reference: &str, code: &str) -> Result<bool, ProviderError> {
    let sql = "update simulated_charge set status = 'DECLINED', decline_code = $2 \
               where reference = $1 and status = 'ACTION_REQUIRED'";
    change(db, sql, [reference.into(), code.into()]).await
}

/// Gives up an authorization whose time is over, or what is left of it.
pub(super) async fn lapse(
    db: &impl ConnectionTrait,
    reference: &str,
    now: DateTime<Utc>,
) -> Result<bool, ProviderError> {
    let sql = "update simulated_charge set status = case when status = 'AUTHORIZED' then 'VOIDED' else status end, \
               due_at = null where reference = $1 and status in ('AUTHORIZED', 'CAPTURED') and due_at <= $2";
    change(db, sql, [reference.into(), now.into()]).await
}

pub(super) async fn capture(
    db: &impl ConnectionTrait,
    capture: &Capture,
    now: DateTime<Utc>,
) -> Result<bool, ProviderError> {
    // What was captured in part and may be captured further is due until it lapses.
    let sql = "update simulated_charge set status = 'CAPTURED', captured_minor = captured_minor + $4, \
               due_at = case when $6 then null else due_at end \
               where reference = $1 and payment_id = $2 and currency = $3 \
               and (status = 'AUTHORIZED' and (due_at is null or due_at > $5) or status = 'CAPTURED' and due_at > $5) \
               and $4 > 0 and amount_minor >= captured_minor + $4";
    let values = [
        capture.reference.clone().into(),
        capture.payment.to_string().into(),
        capture.amount.currency.code().into(),
        capture.amount.minor.into(),
        now.into(),
        capture.releases_rest.into(),
    ];
    change(db, sql, values).await
}

pub(super) async fn void(db: &impl ConnectionTrait, void: &Void) -> Result<bool, ProviderError> {
    // Of what was captured in part, the rest that is due to lapse.
    let sql = "update simulated_charge set status = case when status = 'CAPTURED' then status else 'VOIDED' end, due_at = null \
               where reference = $1 and payment_id = $2 and (status in ('AUTHORIZED', 'ACTION_REQUIRED', 'PENDING') \
               or status = 'CAPTURED' and due_at is not null)";
    change(
        db,
        sql,
        [void.reference.clone().into(), void.payment.to_string().into()],
    )
    .await
}

/// Sets money aside for a refund, if there is enough of it; none for one that fails.
pub(super) async fn refund(db: &impl ConnectionTrait, refund: &Refund, fails: bool) -> Result<bool, ProviderError> {
    let sql = "update simulated_charge set refunded_minor = refunded_minor + $5 \
               where reference = $1 and payment_id = $2 and currency = $3 and status = 'CAPTURED' \
               and $4 > 0 and captured_minor - refunded_minor >= $4";
    let values = [
        refund.reference.clone().into(),
        refund.payment.to_string().into(),
        refund.amount.currency.code().into(),
        refund.amount.minor.into(),
        if fails { 0 } else { refund.amount.minor }.into(),
    ];
    change(db, sql, values).await
}

//! What is sold of a variant when stock is out, as staff say.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ActiveEnum, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use serde_json::json;
use vitrine_entity::{
    ids::VariantId,
    stock_policy::{self, OutOfStockPolicy},
    variant,
};

use super::{ON_HAND_MAX, availability::today};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    jobs::Job,
    language::{Message, messages},
    sql,
    staff::{Permission, audit, permission},
};

/// The longest promise in days.
const PROMISE_DAYS_MAX: i32 = 730;

/// What becomes of an order for more than lies in stock. It replaces what was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySet {
    pub variant: VariantId,
    pub policy: OutOfStockPolicy,
    /// What is not tracked never runs out.
    pub tracked: bool,
    /// How many units may be promised at once; `None` for any number.
    pub unit_limit: Option<i64>,
    /// How long the goods take; with `promise_date` as well it is refused.
    pub promise_days: Option<i32>,
    /// When the goods are there.
    pub promise_date: Option<NaiveDate>,
    /// The version that the member of staff saw; 0 where nothing was said before.
    pub expected_version: Option<i64>,
}

impl PolicySet {
    /// Tracked, and refused when it is out: as it is where nobody says anything.
    pub fn usual(variant: VariantId) -> Self {
        Self {
            variant,
            policy: OutOfStockPolicy::Refuse,
            tracked: true,
            unit_limit: None,
            promise_days: None,
            promise_date: None,
            expected_version: None,
        }
    }
}

/// Says what is sold of a variant when stock is out.
///
/// # Errors
/// Refuses whoever may not, a promise in the past or told twice, a version that is no longer the policy's,
/// and a limit below what orders were promised.
pub async fn set_policy(shop: &Shop, context: &Context, input: PolicySet) -> Result<stock_policy::Model> {
    permission::require_or_system(context, Permission::Inventory)?;
    let input = &input;
    shop.transact(context, |tx| async move { set_policy_in(&tx, input).await })
        .await
}

/// As [`set_policy`], within a transaction of the caller's.
pub async fn set_policy_in(tx: &Tx, input: &PolicySet) -> Result<stock_policy::Model> {
    permission::require_or_system(tx.context(), Permission::Inventory)?;
    check(tx.shop(), input)?;
    let variant = variant::Entity::find_by_id(input.variant).one(tx.db()).await?;
    let variant = variant.ok_or_else(|| Refusal::not_found("variant").at(&["variantId"]))?;
    let make = "insert into stock_policy (variant_id, policy, tracked, promised, version) \
        values ($1, 'REFUSE', true, 0, 0) on conflict (variant_id) do nothing";
    sql::execute(tx.db(), make, [input.variant.into()]).await?;
    let before = tx.lock::<stock_policy::Entity>(input.variant).await?;
    let before = before.ok_or_else(|| Refusal::not_found("variant").at(&["variantId"]))?;
    expect_version("stock policy", before.version, input.expected_version)?;
    if let Some(limit) = input.unit_limit.filter(|limit| *limit < before.promised) {
        let message = messages::promise_limit(before.promised, limit);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["unitLimit"]).into());
    }
    let after = write(tx, input).await?;
    let data = json!({ "policy": input.policy.to_value(), "tracked": input.tracked, "unitLimit": input.unit_limit,
        "promiseDays": input.promise_days, "promiseDate": input.promise_date });
    audit(tx, "inventory.policy", variant.id.to_string(), data).await?;
    let products = vec![variant.product_id];
    tx.enqueue(None, Job::IndexProducts { products });
    if after.promised > 0 && !after.tracked {
        // Nobody waits for what never runs out.
        tx.enqueue(None, Job::FillBackorders { variant: variant.id });
    }
    Ok(after)
}

fn check(shop: &Shop, input: &PolicySet) -> Result<(), Refusal> {
    let refuse = |field: &str, message: Message| Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]));
    if input
        .unit_limit
        .is_some_and(|limit| !(0..=ON_HAND_MAX).contains(&limit))
    {
        return refuse("unitLimit", messages::unit_limit_range(ON_HAND_MAX));
    }
    if input
        .promise_days
        .is_some_and(|days| !(0..=PROMISE_DAYS_MAX).contains(&days))
    {
        let message = messages::promise_days_range(PROMISE_DAYS_MAX);
        return refuse("promiseDays", message);
    }
    if input.promise_days.is_some() && input.promise_date.is_some() {
        return refuse("promiseDate", messages::promise_days_or_date());
    }
    if input.promise_date.is_some_and(|date| date < today(shop)) {
        return refuse("promiseDate", messages::promise_date_past());
    }
    Ok(())
}

async fn write(tx: &Tx, input: &PolicySet) -> Result<stock_policy::Model> {
    let sql = "update stock_policy set policy = $2, tracked = $3, unit_limit = $4, promise_days = $5, \
        promise_date = $6, version = version + 1 where variant_id = $1 returning *";
    let values = [
        input.variant.into(),
        input.policy.into(),
        input.tracked.into(),
        input.unit_limit.into(),
        input.promise_days.into(),
        input.promise_date.into(),
    ];
    let row: Option<stock_policy::Model> = sql::one(tx.db(), sql, values).await?;
    Ok(row.ok_or_else(|| Refusal::not_found("variant").at(&["variantId"]))?)
}

/// What becomes of a variant's policy where a catalogue says whether it is counted, and whether it is sold when it
/// is out; `None` where it stays as it is. A limit and a promise that staff gave stay.
pub(crate) fn told(
    variant: VariantId,
    before: Option<&stock_policy::Model>,
    tracked: Option<bool>,
    sells_when_out: Option<bool>,
) -> Option<stock_policy::Model> {
    let usual = stock_policy::Model {
        variant_id: variant,
        policy: OutOfStockPolicy::Refuse,
        tracked: true,
        unit_limit: None,
        promised: 0,
        promise_days: None,
        promise_date: None,
        version: 0,
    };
    let before = before.unwrap_or(&usual);
    let policy = match (sells_when_out, before.policy) {
        (Some(true), OutOfStockPolicy::Refuse) => OutOfStockPolicy::Backorder,
        (Some(false), _) => OutOfStockPolicy::Refuse,
        (_, policy) => policy,
    };
    let tracked = tracked.unwrap_or(before.tracked);
    ((policy, tracked) != (before.policy, before.tracked)).then(|| stock_policy::Model {
        policy,
        tracked,
        version: before.version + 1,
        ..before.clone()
    })
}

/// Writes what [`told`] gave, in one statement.
pub(crate) async fn put_policies(tx: &Tx, rows: Vec<stock_policy::Model>) -> Result<()> {
    use stock_policy::Column as C;
    if rows.is_empty() {
        return Ok(());
    }
    let waited_for = rows.iter().filter(|row| !row.tracked && row.promised > 0);
    for variant in waited_for.map(|row| row.variant_id) {
        tx.enqueue(None, Job::FillBackorders { variant });
    }
    let mut replace = OnConflict::column(C::VariantId);
    // What orders wait for is theirs to change.
    replace.update_columns([C::Policy, C::Tracked, C::Version]);
    stock_policy::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// What staff said of each variant.
pub async fn policies_of(shop: &Shop, variants: &[VariantId]) -> Result<HashMap<VariantId, stock_policy::Model>> {
    policies_on(&shop.db, variants).await
}

/// As [`policies_of`], within a transaction.
pub(crate) async fn policies_on(
    db: &impl ConnectionTrait,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, stock_policy::Model>> {
    let rows = stock_policy::Entity::find()
        .filter(sql::among(
            db,
            stock_policy::Column::VariantId,
            variants.iter().copied(),
        ))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

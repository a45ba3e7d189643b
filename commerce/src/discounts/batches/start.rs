//! Asks for codes.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    discount::{self, DiscountMethod},
    discount_code_batch::{self, BatchStatus},
    ids::{DiscountCodeBatchId, DiscountId},
};

use super::{super::codes::normal, letters::LENGTHS};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    sql,
    staff::{Permission, audit, permission},
};

/// How many one batch has at the most.
pub const QUANTITY_MAX: i64 = 100_000;

const LENGTH_USUAL: i32 = 8;
const PREFIX_MAX: usize = 20;

/// Which codes to make.
#[derive(Debug, Clone)]
pub struct BatchStart {
    pub discount: DiscountId,
    pub quantity: i64,
    /// What each begins with: letters, digits, `-` and `_`.
    pub prefix: Option<String>,
    /// How many letters and digits follow; eight where nobody says it.
    pub length: Option<i32>,
}

/// Begins a batch, which jobs make.
///
/// # Errors
/// Refuses whoever may not change discounts; a discount that applies by itself, or was deleted; more codes than one batch
/// has; a prefix or a length that makes no good codes; and a second batch of a discount while one is being made.
pub async fn start(shop: &Shop, context: &Context, input: BatchStart) -> Result<discount_code_batch::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    let now = shop.now();
    let row = &discount_code_batch::Model {
        id: DiscountCodeBatchId(shop.new_id()),
        discount_id: input.discount,
        prefix: prefix(input.prefix.as_deref().unwrap_or_default())?,
        length: length(input.length.unwrap_or(LENGTH_USUAL))?,
        quantity: quantity(input.quantity)?,
        made: 0,
        status: BatchStatus::Running,
        actor: context.viewer.actor(),
        error: None,
        created_at: now,
        updated_at: now,
        finished_at: None,
    };
    shop.transact(context, |tx| async move { begin(&tx, row).await })
        .await?;
    Ok(row.clone())
}

async fn begin(tx: &Tx, row: &discount_code_batch::Model) -> Result<()> {
    // Two that begin at once take turns at the discount's row.
    let discount = tx.lock::<discount::Entity>(row.discount_id).await?;
    let discount = discount.filter(|discount| discount.deleted_at.is_none());
    let discount = discount.ok_or_else(|| Refusal::not_found("discount").at(&["discountId"]))?;
    if discount.method != DiscountMethod::Code {
        let message = messages::discount_without_codes();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["discountId"]).into());
    }
    let running = "select id from discount_code_batch where discount_id = $1 and status = 'RUNNING'";
    let running: Vec<DiscountCodeBatchId> = sql::column(tx.db(), running, [row.discount_id.into()]).await?;
    if !running.is_empty() {
        let message = messages::batch_under_way();
        return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
    }
    discount_code_batch::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    tx.enqueue(None, Job::MakeDiscountCodes { batch: row.id });
    let data = json!({ "batch": row.id, "quantity": row.quantity, "prefix": row.prefix, "length": row.length });
    audit(tx, "discount.codes_generate", row.discount_id.to_string(), data).await
}

fn quantity(quantity: i64) -> Result<i64, Refusal> {
    match (1..=QUANTITY_MAX).contains(&quantity) {
        true => Ok(quantity),
        false => {
            let message = messages::batch_size(QUANTITY_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["quantity"]))
        }
    }
}

fn length(length: i32) -> Result<i32, Refusal> {
    match LENGTHS.contains(&length) {
        true => Ok(length),
        false => {
            let (least, most) = (LENGTHS.start(), LENGTHS.end());
            let message = messages::batch_letters(least, most);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["length"]))
        }
    }
}

/// As codes are compared.
fn prefix(typed: &str) -> Result<String, Refusal> {
    let prefix = normal(typed);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    match prefix.len() <= PREFIX_MAX && prefix.chars().all(is_plain) {
        true => Ok(prefix),
        false => {
            let message = messages::batch_prefix(PREFIX_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["prefix"]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_asked_for_as_people_type_it() {
        assert_eq!(prefix(" ｗelcome- ").as_deref(), Ok("WELCOME-"));
        assert_eq!(prefix("").as_deref(), Ok(""));
        for wrong in ["Grüße", "A/B", "12345678901234567890X"] {
            assert_eq!(prefix(wrong).expect_err("refused").field, ["prefix"], "{wrong}");
        }
        assert!(length(6).is_ok() && length(20).is_ok());
        assert!(length(5).is_err() && length(21).is_err());
        assert!(quantity(1).is_ok() && quantity(QUANTITY_MAX).is_ok());
        assert!(quantity(0).is_err() && quantity(QUANTITY_MAX + 1).is_err());
    }
}

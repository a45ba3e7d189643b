//! For whom an attempt is charged: the provider is asked to make a customer before the first card of theirs is saved.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{ids::PaymentId, provider_customer};

use super::calls::saved_methods;
use crate::{
    Result, Shop,
    jobs::JobError,
    payments::providers::{
        call::{self, LOOK_UP_TIMEOUT},
        job::ProviderJob,
        trouble,
    },
    ports::payment::{NewCustomer, ProviderError},
};

/// For how long an attempt waits for a customer. A provider may repeat a failure under one key for a day.
const WAITED_MAX: TimeDelta = TimeDelta::minutes(5);

/// For whom it is charged.
#[derive(Debug, Default)]
pub(in crate::payments) struct ChargedFor {
    /// The provider's id of them.
    pub(in crate::payments) customer: Option<String>,
    /// Whether the card is saved for them.
    pub(in crate::payments) saves: bool,
}

/// Asks before an attempt is marked as sent, so that every call of it says the same. Where the provider makes no such
/// customer, the card pays and is not saved: an order is worth more.
pub(in crate::payments) async fn charged_for(job: &ProviderJob<'_>) -> Result<ChargedFor, JobError> {
    let (shop, payment) = (job.shop, job.payment);
    let known = match payment.provider_customer_id {
        Some(id) => provider_customer::Entity::find_by_id(id).one(&shop.db).await?,
        None => None,
    };
    // For a card that went with its customer nobody is made.
    let Some(known) = known.filter(|known| payment.saves_method || known.reference.is_some()) else {
        return Ok(ChargedFor::default());
    };
    let made = match known.reference.clone() {
        Some(reference) => Ok(reference),
        None => make(shop, &known).await,
    };
    match made {
        Ok(reference) => {
            if known.reference.is_none() {
                write(shop, &known, &reference).await?;
            }
            Ok(ChargedFor {
                customer: Some(reference),
                saves: payment.saves_method,
            })
        }
        Err(error) if must_not_wait(&error) || shop.now() - payment.created_at > WAITED_MAX => {
            tracing::warn!(
                payment = %payment.id,
                error = &error as &dyn std::error::Error,
                "a card is not saved: the provider makes no customer"
            );
            save_nothing(shop, payment.id).await?;
            Ok(ChargedFor::default())
        }
        Err(error) => {
            trouble::note(shop, payment.id, &error).await?;
            Err(job.retry(error).await)
        }
    }
}

/// It will fail again.
fn must_not_wait(error: &ProviderError) -> bool {
    matches!(error, ProviderError::Rejected(_) | ProviderError::Misconfigured(_))
}

/// Another for each customer: a provider may answer with one that is gone, as long as it remembers the key.
fn key(known: &provider_customer::Model) -> String {
    match known.renewals {
        0 => known.id.to_string(),
        renewals => format!("{}:{}", known.id, renewals + 1),
    }
}

/// The same key gives the same customer, also where an answer was lost.
pub(super) async fn make(shop: &Shop, known: &provider_customer::Model) -> Result<String, ProviderError> {
    let new = NewCustomer {
        customer: known.id,
        key: key(known),
    };
    let admitted = call::admit(shop, &known.provider).await?;
    let saved = saved_methods(&admitted)?;
    admitted.call(LOOK_UP_TIMEOUT, saved.create_customer(&new)).await
}

async fn write(shop: &Shop, known: &provider_customer::Model, reference: &str) -> Result<()> {
    let sql = "update provider_customer set reference = $2 where id = $1 and renewals = $3";
    let values = [known.id.into(), reference.into(), known.renewals.into()];
    shop.execute(sql, values).await?;
    Ok(())
}

async fn save_nothing(shop: &Shop, payment: PaymentId) -> Result<()> {
    let sql = "update payment set saves_method = false, provider_customer_id = null where id = $1";
    shop.execute(sql, [payment.into()]).await?;
    Ok(())
}

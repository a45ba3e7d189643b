//! A job that calls a provider for one of our payments, and what an error means for it: when it is
//! retried, and when staff hear that it does not get on by itself.
//!
//! A provider that is away is waited for, however long (`call.rs`); but money that nobody moves and
//! nobody knows of would hang for ever. Staff read of it in the order's timeline, once. A provider that answers, and repeats
//! under one key that it has failed, is told of as soon as another key is taken.

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_entity::{ids::OrderId, payment};

use super::{
    call::{self, Admitted},
    look_up,
};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    orders::{Alert, Purpose, alert, transition},
    payments::ledger,
    ports::payment::{ProviderCharge, ProviderError},
};

/// After this long no call of ours can be on its way any more.
pub(in crate::payments) const CALL_LOST_AFTER: TimeDelta = TimeDelta::minutes(5);

/// The longest pause before something goes out under another key.
const NEW_KEY_PAUSE_MAX: TimeDelta = TimeDelta::minutes(15);

/// For how long a call is retried before staff are told.
const RETRIED_MAX: TimeDelta = TimeDelta::hours(2);

/// A job that calls a provider.
pub(in crate::payments) struct ProviderJob<'job> {
    pub(in crate::payments) shop: &'job Shop,
    pub(in crate::payments) context: &'job Context,
    pub(in crate::payments) payment: &'job payment::Model,
    pub(in crate::payments) purpose: Purpose,
    /// Since when it is wanted.
    pub(in crate::payments) since: DateTime<Utc>,
    /// Whether the provider has accepted it and says that it is at it: there is nothing to tell then.
    pub(in crate::payments) in_progress: bool,
}

impl<'job> ProviderJob<'job> {
    /// Asks whether the provider may be called. Ask before writing down that it will be.
    pub(in crate::payments) async fn admit(&self) -> Result<Admitted<'job>, JobError> {
        match call::admit(self.shop, &self.payment.provider).await {
            Ok(admitted) => Ok(admitted),
            Err(error) => Err(self.retry(error).await),
        }
    }

    /// The provider's record of the attempt; `None` if it never heard of it.
    pub(in crate::payments) async fn look_up(&self) -> Result<Option<ProviderCharge>, JobError> {
        match look_up::ask(self.shop, self.payment).await? {
            Ok(found) => Ok(found),
            Err(error) => Err(self.retry(error).await),
        }
    }

    /// The key under which something goes out that the provider could do twice, once a look-up has found nothing of it.
    /// Where the one before is spent, the next one waits until no call under it can be on its way, and the longer the
    /// longer it is wanted. Staff are told of the first one.
    pub(in crate::payments) async fn key(&self, first: &str) -> Result<String, JobError> {
        let (shop, payment) = (self.shop, self.payment.id);
        let sends = ledger::sends(shop, payment, first).await?;
        if ledger::is_key_spent(sends) {
            let last = ledger::last_sent(shop, payment, first).await?.unwrap_or(self.since);
            let pause = ((shop.now() - self.since) / 4).clamp(CALL_LOST_AFTER, NEW_KEY_PAUSE_MAX);
            let left = last + pause - shop.now();
            if left > TimeDelta::zero() {
                return Err(self.postpone(left).await);
            }
        }
        self.next_key(first, sends).await
    }

    /// The key for what went out `sends` times, and which the provider's own state keeps from being done twice: no call
    /// has to be waited for.
    pub(in crate::payments) async fn next_key(&self, first: &str, sends: u64) -> Result<String, JobError> {
        let key = ledger::key_after(first, sends);
        // What failed for some seconds, and is tried anew at once, is no matter of staff's.
        if key != first && self.shop.now() - self.since >= CALL_LOST_AFTER {
            let purpose = self.purpose;
            let told = Alert::AskedAnew { purpose };
            tell_staff(self.shop, self.context, self.payment.order_id, &told).await?;
        }
        Ok(key)
    }

    /// When the job is retried after this error. Staff are told if they should know.
    pub(in crate::payments) async fn retry(&self, error: ProviderError) -> JobError {
        match self.report(Some(&error)).await {
            Ok(()) => call::retry(self.shop, self.since, error),
            Err(failed) => failed.into(),
        }
    }

    /// The provider answers, and does not do it yet: staff are told if that has been so for long.
    pub(in crate::payments) async fn postpone(&self, pause: TimeDelta) -> JobError {
        match self.report(None).await {
            Ok(()) => JobError::Defer(pause),
            Err(failed) => failed.into(),
        }
    }

    async fn report(&self, error: Option<&ProviderError>) -> Result<()> {
        let waited = match self.in_progress {
            true => TimeDelta::zero(),
            false => self.shop.now() - self.since,
        };
        match worth_telling(self.purpose, waited, error) {
            Some(alert) => tell_staff(self.shop, self.context, self.payment.order_id, &alert).await,
            None => Ok(()),
        }
    }
}

/// Writes into the order's timeline what staff must know, in a transaction of its own: the job that met
/// it does not come to an end. The reason stands in the payment ledger.
pub(in crate::payments) async fn tell_staff(
    shop: &Shop,
    context: &Context,
    order: OrderId,
    told: &Alert,
) -> Result<()> {
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, order).await?;
        alert(&tx, order, told).await?;
        Ok(())
    })
    .await
}

/// What staff should know of a call that was wanted for `waited`. Pure.
fn worth_telling(purpose: Purpose, waited: TimeDelta, error: Option<&ProviderError>) -> Option<Alert> {
    match error {
        Some(ProviderError::Misconfigured(_)) => Some(Alert::SettingsRejected { purpose }),
        _ if waited > RETRIED_MAX => Some(Alert::CalledInVain { purpose }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown() -> ProviderError {
        ProviderError::Unknown("500 (req_1)".into())
    }

    #[test]
    fn wrong_settings_are_told_at_once_and_in_the_same_words_at_every_try() {
        let told = |reason: &str| {
            let error = ProviderError::Misconfigured(reason.to_owned());
            worth_telling(Purpose::Capture, TimeDelta::zero(), Some(&error))
                .expect("an alert")
                .to_string()
        };
        assert_eq!(told("403 (req_1)"), told("401: another (req_2)"));
        assert!(told("403").contains("the capture waits"), "{}", told("403"));
    }

    #[test]
    fn an_outage_is_told_when_it_has_lasted() {
        for error in [
            Some(unknown()),
            Some(ProviderError::NotNow { retry_after_seconds: 1 }),
            None,
        ] {
            assert_eq!(worth_telling(Purpose::Charge, RETRIED_MAX, error.as_ref()), None);
            let late = RETRIED_MAX + TimeDelta::seconds(1);
            let told = worth_telling(Purpose::Charge, late, error.as_ref())
                .expect("an alert")
                .to_string();
            assert!(told.contains("asked for the charge"), "{told}");
            assert!(!told.contains("req_1"), "{told}");
        }
    }

    #[test]
    fn what_hangs_has_its_name() {
        let refund = vitrine_entity::ids::RefundId(uuid::Uuid::from_u128(7));
        let told = |purpose| {
            worth_telling(purpose, TimeDelta::days(1), Some(&unknown()))
                .expect("an alert")
                .to_string()
        };
        assert!(told(Purpose::Refund(refund)).contains(&format!("the refund {refund}")));
        assert!(told(Purpose::Release).contains("the release of the hold"));
        assert!(told(Purpose::Capture).contains("the capture"));
    }
}

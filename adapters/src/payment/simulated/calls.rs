//! A call from its idempotency key to its answer, with whatever mishap its token makes.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};
use vitrine_commerce::ports::payment::ProviderError;
use vitrine_entity::ids::encode_base32;

use super::{
    SimulatedProvider,
    books::{Change, Later},
    charges::{self, ChargeRow},
    requests::{self, Answer, Request},
    token::{Behaviour, Mishap, Stumble},
    unknown,
};

/// After what pause a caller is welcome again who was told to slow down.
const RETRY_AFTER_SECONDS: u64 = 1;

/// How a call begins.
pub(super) enum Call<T> {
    /// It was made before, and this was the answer.
    Repeated(Answer<T>),
    /// It is to be done in this transaction, which holds its key.
    New(Change),
}

impl SimulatedProvider {
    /// Finds out whether a call was made before. What was refused is not remembered: nothing was
    /// done.
    pub(super) async fn begin_call<T: DeserializeOwned>(
        &self,
        request: &Request,
        mishap: Mishap,
    ) -> Result<Call<T>, ProviderError> {
        if mishap.is_before() {
            if let Some(answer) = requests::answered(&self.db, request, self.forgotten_before()).await? {
                return Ok(Call::Repeated(answer));
            }
            self.stumble(request, mishap).await?;
        }
        let tx = self.begin().await?;
        if requests::claim(&*tx, request, self.clock.now(), self.forgotten_before()).await? {
            return Ok(Call::New(tx));
        }
        // It was made before; or the same call came in twice at once, and the other one was faster.
        let answer = requests::answered(&*tx, request, self.forgotten_before()).await?;
        answer.map(Call::Repeated).ok_or_else(|| unknown("a request vanished"))
    }

    /// Commits what a call did, and answers it, unless the answer is to be lost.
    pub(super) async fn end_call<T: Serialize>(
        &self,
        tx: Change,
        request: &Request,
        mishap: Mishap,
        record: T,
    ) -> Result<Answer<T>, ProviderError> {
        let request_id = self.request_id();
        let answer = Answer { request_id, record };
        requests::keep(&tx.later, request, &answer)?;
        tx.commit().await?;
        match mishap {
            Mishap::LosesAnswer => return Err(unknown("the answer was lost on its way")),
            Mishap::AnswersLate => tokio::time::sleep(self.settings.slow).await,
            Mishap::None | Mishap::BeginsLate | Mishap::Stumbles(..) => {}
        }
        Ok(answer)
    }

    /// Does what nothing can go wrong with, and answers it, by one statement; `None`, and nothing was done, where it has to
    /// be done step by step: it was asked before, or this is SQLite.
    pub(super) async fn call_at_once<T: Serialize>(
        &self,
        request: &Request,
        mishap: Mishap,
        work: impl FnOnce(&Later) -> Result<T, ProviderError>,
    ) -> Result<Option<Answer<T>>, ProviderError> {
        let Some(later) = self.at_once().filter(|_| matches!(mishap, Mishap::None)) else {
            return Ok(None);
        };
        let (request_id, record) = (self.request_id(), work(&later)?);
        let answer = Answer { request_id, record };
        requests::record(&later, request, &answer, self.clock.now())?;
        Ok(self.write_at_once(later).await?.then_some(answer))
    }

    /// Fails, if this call begins with failures and has not failed often enough yet.
    async fn stumble(&self, request: &Request, mishap: Mishap) -> Result<(), ProviderError> {
        let (times, stumble) = match mishap {
            Mishap::Stumbles(times, stumble) => (times, stumble),
            Mishap::BeginsLate => {
                tokio::time::sleep(self.settings.slow).await;
                return Ok(());
            }
            Mishap::None | Mishap::LosesAnswer | Mishap::AnswersLate => return Ok(()),
        };
        if !requests::stumbles(self, request, times).await? {
            return Ok(());
        }
        Err(match stumble {
            Stumble::Unavailable => ProviderError::Unavailable("the simulated provider is down".into()),
            Stumble::Silent => unknown("the simulated provider did not answer"),
            Stumble::RateLimited => ProviderError::RateLimited {
                retry_after_seconds: RETRY_AFTER_SECONDS,
            },
        })
    }

    /// What the token that paid a charge makes the provider do with it.
    pub(super) async fn behaviour_of(&self, reference: &str) -> Result<Behaviour, ProviderError> {
        self.catch_up().await?;
        let charge = charges::require(&self.db, reference).await?;
        Ok(Behaviour::of(&charge.token))
    }

    /// Tells what a charge has changed to; refuses the call, if it has not.
    pub(super) async fn changed(
        &self,
        tx: &Change,
        reference: &str,
        changed: bool,
        what: &str,
    ) -> Result<ChargeRow, ProviderError> {
        let row = charges::require(&**tx, reference).await?;
        if !changed {
            return Err(refusal(&row, what));
        }
        self.tell_charge(&tx.later, &row)?;
        Ok(row)
    }

    /// By which a provider's support finds an answer.
    pub(super) fn request_id(&self) -> String {
        format!("req_{}", encode_base32(self.ids.at(self.clock.now())))
    }

    fn forgotten_before(&self) -> DateTime<Utc> {
        self.clock.now() - TimeDelta::hours(self.settings.key_hours.into())
    }
}

pub(super) fn refusal(row: &ChargeRow, what: &str) -> ProviderError {
    ProviderError::Rejected(format!(
        "a charge of {} that is {}, with {} of {} {} captured and {} refunded, cannot be {what} so",
        row.payment_id, row.status, row.captured_minor, row.amount_minor, row.currency, row.refunded_minor
    ))
}

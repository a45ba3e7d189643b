//! What stands between the shop and the payment provider, on the shop's side: the points at which
//! a caller dies or freezes, and the defects of an adapter.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        PaymentProvider,
        payment::{
            Capture, Charge, ChargeLookup, PaymentOffer, ProviderCharge, ProviderError, ProviderEvent, ProviderRefund,
            Refund, RefundLookup, RefundState, SavedMethods, Settlement, StatementPage, Void, WebhookError,
        },
    },
};
use vitrine_entity::ids::PaymentId;

use crate::simulator::{defect::Defect, points::Points};

pub(in crate::simulator) struct Between {
    inner: Arc<dyn PaymentProvider>,
    points: Arc<Points>,
    defect: Option<Defect>,
    calls: AtomicU64,
}

impl Between {
    pub(in crate::simulator) fn new(
        inner: Arc<dyn PaymentProvider>,
        points: Arc<Points>,
        defect: Option<Defect>,
    ) -> Self {
        Self {
            inner,
            points,
            defect,
            calls: AtomicU64::default(),
        }
    }

    async fn through<T>(&self, call: impl Future<Output = Result<T, ProviderError>>) -> Result<T, ProviderError> {
        self.points.at_port().await;
        let outcome = call.await;
        self.points.at_port().await;
        outcome
    }

    fn count(&self) -> u64 {
        self.calls.fetch_add(1, Ordering::Relaxed)
    }
}

#[async_trait]
impl PaymentProvider for Between {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn settlement(&self) -> Settlement {
        self.inner.settlement()
    }

    fn offer(&self) -> PaymentOffer {
        self.inner.offer()
    }

    fn is_live(&self) -> bool {
        self.inner.is_live()
    }

    fn step_minor(&self, currency: Currency) -> i64 {
        self.inner.step_minor(currency)
    }

    fn promised(&self, payment: PaymentId, amount: Money) -> Option<String> {
        self.inner.promised(payment, amount)
    }

    fn saved_methods(&self) -> Option<&dyn SavedMethods> {
        self.inner.saved_methods()
    }

    async fn charge(&self, charge: &Charge) -> Result<ProviderCharge, ProviderError> {
        let mut charge = charge.clone();
        match self.defect {
            Some(Defect::RekeysCharges) => charge.key = format!("{}:{}", charge.key, self.count()),
            Some(Defect::ChargesTwice) => {
                let key = format!("{}:twice", charge.key);
                // Whatever it answers: the second one is the shop's.
                let _ = self.inner.charge(&Charge { key, ..charge.clone() }).await;
            }
            Some(Defect::ChargesStrangers) if self.count() == 1 => {
                let payment = PaymentId(Uuid::from_u128(1));
                let key = payment.to_string();
                let _ = self
                    .inner
                    .charge(&Charge {
                        payment,
                        key,
                        ..charge.clone()
                    })
                    .await;
            }
            _ => {}
        }
        self.through(self.inner.charge(&charge)).await
    }

    async fn capture(&self, capture: &Capture) -> Result<ProviderCharge, ProviderError> {
        self.through(self.inner.capture(capture)).await
    }

    async fn void(&self, void: &Void) -> Result<ProviderCharge, ProviderError> {
        self.through(self.inner.void(void)).await
    }

    async fn refund(&self, refund: &Refund) -> Result<ProviderRefund, ProviderError> {
        if self.defect == Some(Defect::ForgetsRefunds) {
            return Ok(ProviderRefund {
                reference: format!("forgotten_{}", refund.refund),
                state: RefundState::Succeeded,
                amount: refund.amount,
                request_id: None,
            });
        }
        self.through(self.inner.refund(refund)).await
    }

    async fn find(&self, lookup: &ChargeLookup) -> Result<Option<ProviderCharge>, ProviderError> {
        self.through(self.inner.find(lookup)).await
    }

    async fn find_refund(&self, lookup: &RefundLookup) -> Result<Option<ProviderRefund>, ProviderError> {
        self.through(self.inner.find_refund(lookup)).await
    }

    async fn statement(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError> {
        self.through(self.inner.statement(since, until, cursor)).await
    }

    async fn webhook(&self, headers: &HashMap<String, String>, body: &[u8]) -> Result<ProviderEvent, WebhookError> {
        self.inner.webhook(headers, body).await
    }
}

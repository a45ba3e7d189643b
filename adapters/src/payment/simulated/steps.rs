//! The steps that the provider's calls are made of.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::{Charge, ChargeState, ProviderCharge, ProviderError},
};
use vitrine_entity::ids::{PaymentId, encode_base32};

use super::{
    SimulatedProvider,
    ledger::{self, Request, Row, Status},
    token::{Behaviour, Stumble},
    unknown,
};

impl SimulatedProvider {
    /// The first outcome again, whatever has become of the charge since; as Stripe documents it.
    pub(super) async fn replay_charge(
        &self,
        request: &Request,
        behaviour: &Behaviour,
        capture: bool,
    ) -> Result<Option<ProviderCharge>, ProviderError> {
        if !ledger::is_known(&self.db, request).await? {
            return Ok(None);
        }
        let mut row = ledger::require(&self.db, request.payment).await?;
        behaviour.open(&mut row, capture);
        self.answer(&row).map(Some)
    }

    /// Fails, if this token begins with failures and has not failed often enough yet.
    pub(super) async fn stumble(&self, payment: PaymentId, behaviour: &Behaviour) -> Result<(), ProviderError> {
        let Some((times, stumble)) = behaviour.stumbles else {
            return Ok(());
        };
        let tx = self.begin().await?;
        let failed = ledger::failures(&tx, payment).await?;
        if failed >= times {
            return Ok(());
        }
        let request = Request::new(format!("failed/{payment}/{failed}"), payment, ledger::FAILED, 0);
        ledger::claim(&tx, &request, self.clock.now()).await?;
        tx.commit().await.map_err(unknown)?;
        Err(match stumble {
            Stumble::Unavailable => ProviderError::Unavailable("the simulated provider is down".into()),
            Stumble::Silent => unknown("the simulated provider did not answer"),
        })
    }

    pub(super) async fn open(
        &self,
        tx: &DatabaseTransaction,
        charge: &Charge,
        behaviour: &Behaviour,
    ) -> Result<Row, ProviderError> {
        let now = self.clock.now();
        let mut row = Row {
            id: charge.payment.to_string(),
            reference: format!("sim_{}", encode_base32(self.ids.at(now))),
            token: charge.method_token.clone(),
            currency: charge.amount.currency.code().to_owned(),
            amount_minor: charge.amount.minor,
            captured_minor: 0,
            refunded_minor: 0,
            status: Status::Pending.text().to_owned(),
            decline_code: None,
            created_at: now,
        };
        behaviour.open(&mut row, charge.capture);
        ledger::insert(tx, &row).await?;
        self.owe_webhooks(tx, &row).await?;
        Ok(row)
    }

    /// Whether this very request was done before. Otherwise it is recorded now.
    pub(super) async fn is_repeated(&self, tx: &DatabaseTransaction, request: &Request) -> Result<bool, ProviderError> {
        if ledger::claim(tx, request, self.clock.now()).await? {
            return Ok(false);
        }
        ledger::is_known(tx, request).await
    }

    /// Commits a change and tells it; refuses it, if nothing changed.
    pub(super) async fn conclude(
        &self,
        tx: DatabaseTransaction,
        payment: PaymentId,
        changed: bool,
        what: &str,
    ) -> Result<ProviderCharge, ProviderError> {
        let row = ledger::require(&tx, payment).await?;
        if !changed {
            return Err(ProviderError::Rejected(format!(
                "a charge that is {}, with {} of {} captured and {} refunded, cannot be {what} so",
                row.status, row.captured_minor, row.amount_minor, row.refunded_minor
            )));
        }
        self.owe_webhooks(&tx, &row).await?;
        tx.commit().await.map_err(unknown)?;
        self.answer(&row)
    }

    pub(super) fn answer(&self, row: &Row) -> Result<ProviderCharge, ProviderError> {
        let currency: Currency = row.currency.parse().map_err(unknown)?;
        let state = match row.status()? {
            Status::Captured => ChargeState::Captured,
            Status::Authorized => ChargeState::Authorized,
            Status::Pending => ChargeState::Pending,
            Status::Voided => ChargeState::Voided,
            Status::Declined => ChargeState::Declined {
                code: row.decline_code.clone().unwrap_or_default(),
            },
            Status::ActionRequired => {
                let url = format!("{}/dev/payments/simulated/{}", self.settings.public_url, row.reference);
                ChargeState::ActionRequired {
                    client: json!({ "type": "redirect", "url": url }),
                }
            }
        };
        Ok(ProviderCharge {
            reference: row.reference.clone(),
            payment: row.payment()?,
            state,
            amount: Money::new(row.amount_minor, currency),
            captured_minor: row.captured_minor,
            refunded_minor: row.refunded_minor,
        })
    }
}

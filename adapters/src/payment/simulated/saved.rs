//! Cards that the provider keeps for customers: each is a token that pays as it did the first time.

use std::borrow::Cow;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use vitrine_commerce::ports::payment::{Charge, ChargeState, NewCustomer, ProviderError, SavedMethod, SavedMethods};
use vitrine_entity::ids::encode_base32;

use super::{
    SimulatedProvider,
    books::{Later, statement},
    charges::ChargeRow,
    unknown,
};

/// What a saved method's reference begins with.
const PREFIX: &str = "sim_method_";

/// When every simulated card expires.
const EXPIRY: (i32, i32) = (12, 2034);

#[async_trait]
impl SavedMethods for SimulatedProvider {
    async fn create_customer(&self, new: &NewCustomer) -> Result<String, ProviderError> {
        let reference = format!("sim_customer_{}", encode_base32(new.customer.0));
        let sql =
            "insert into simulated_customer (reference, created_at) values ($1, $2) on conflict (reference) do nothing";
        let now = self.clock.now();
        self.execute(sql, [reference.clone().into(), now.into()]).await?;
        Ok(reference)
    }

    async fn has_customer(&self, reference: &str) -> Result<bool, ProviderError> {
        let sql = "select reference from simulated_customer where reference = $1";
        let row = self
            .db
            .query_one_raw(statement(&self.db, sql, [reference.into()]))
            .await
            .map_err(unknown)?;
        Ok(row.is_some())
    }

    async fn find_method(&self, customer: &str, reference: &str) -> Result<Option<SavedMethod>, ProviderError> {
        let token = self.token_of(customer, reference).await?;
        Ok(token.map(|token| method(reference.to_owned(), &token)))
    }

    async fn detach(&self, reference: &str) -> Result<(), ProviderError> {
        let sql = "delete from simulated_method where reference = $1";
        self.execute(sql, [reference.into()]).await.map(|_| ())
    }

    async fn delete_customer(&self, reference: &str) -> Result<(), ProviderError> {
        for sql in [
            "delete from simulated_method where customer = $1",
            "delete from simulated_customer where reference = $1",
        ] {
            self.execute(sql, [reference.into()]).await?;
        }
        Ok(())
    }
}

impl SimulatedProvider {
    /// The charge by the token that was saved, where its customer has saved one; as it is otherwise, for what is nobody's
    /// is no token that pays.
    pub(super) async fn with_saved_method<'charge>(
        &self,
        charge: &'charge Charge,
    ) -> Result<Cow<'charge, Charge>, ProviderError> {
        let Some(customer) = charge
            .customer
            .as_deref()
            .filter(|_| charge.method_token.starts_with(PREFIX))
        else {
            return Ok(Cow::Borrowed(charge));
        };
        Ok(match self.token_of(customer, &charge.method_token).await? {
            Some(token) => Cow::Owned(Charge {
                method_token: token,
                ..charge.clone()
            }),
            None => Cow::Borrowed(charge),
        })
    }

    /// What a card pays by that this customer has saved.
    async fn token_of(&self, customer: &str, reference: &str) -> Result<Option<String>, ProviderError> {
        let sql = "select token from simulated_method where reference = $1 and customer = $2";
        let values = [reference.into(), customer.into()];
        let row = self
            .db
            .query_one_raw(statement(&self.db, sql, values))
            .await
            .map_err(unknown)?;
        row.map(|row| row.try_get("", "token")).transpose().map_err(unknown)
    }

    /// Saves what pays a charge for its customer, if that is asked for. It is told once the charge has gone through.
    pub(super) fn save_method(&self, later: &Later, charge: &Charge, now: DateTime<Utc>) -> Option<String> {
        let customer = charge.customer.as_ref().filter(|_| charge.saves_method)?;
        let reference = format!("{PREFIX}{}", encode_base32(self.ids.at(now)));
        let sql = "insert into simulated_method (reference, customer, token, created_at) values ($1, $2, $3, $4)";
        let values = [
            reference.clone().into(),
            customer.clone().into(),
            charge.method_token.clone().into(),
            now.into(),
        ];
        later.add(sql, values);
        Some(reference)
    }
}

/// What a charge tells of the card that was saved with it.
pub(super) fn told(row: &ChargeRow, state: ChargeState) -> Option<SavedMethod> {
    let has_paid = matches!(state, ChargeState::Captured | ChargeState::Authorized);
    let reference = row.saved_method.clone().filter(|_| has_paid)?;
    Some(method(reference, &row.token))
}

fn method(reference: String, token: &str) -> SavedMethod {
    let (brand, last_four) = card_of(token);
    SavedMethod {
        reference,
        brand: brand.to_owned(),
        last_four: last_four.to_owned(),
        expiry_month: EXPIRY.0,
        expiry_year: EXPIRY.1,
    }
}

/// The card that a token stands for.
fn card_of(token: &str) -> (&'static str, &'static str) {
    match token {
        "tok_second_factor" => ("visa", "3155"),
        "tok_slow" => ("mastercard", "4444"),
        _ => ("visa", "4242"),
    }
}

//! What the provider was asked, by its callers' idempotency keys, and what it answered.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use vitrine_commerce::ports::payment::{Capture, Charge, ProviderError, Refund, Void};

use super::{
    SimulatedProvider,
    books::{Later, change, statement},
    hex, unknown,
};

/// A call that moves money.
pub(super) struct Request {
    key: String,
    /// Of all its parameters: the same key with others is refused.
    hash: String,
}

/// What a call was answered.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer<T> {
    pub(super) request_id: String,
    /// As it was then, whatever has become of it since.
    pub(super) record: T,
}

impl Request {
    pub(super) fn charge(charge: &Charge) -> Self {
        let (payment, amount) = (charge.payment.to_string(), charge.amount.to_string());
        let mut parameters = vec![
            if charge.capture { "charge" } else { "authorize" },
            payment.as_str(),
            charge.order_number.as_str(),
            amount.as_str(),
            charge.method_token.as_str(),
            charge.return_url.as_str(),
        ];
        parameters.extend(charge.customer.as_deref());
        if charge.saves_method {
            parameters.push("the method saved");
        }
        Self::new(&charge.key, &parameters)
    }

    pub(super) fn capture(capture: &Capture) -> Self {
        let parameters = [
            "capture",
            &capture.payment.to_string(),
            &capture.reference,
            &capture.amount.to_string(),
            if capture.releases_rest {
                "the rest released"
            } else {
                "the rest held"
            },
        ];
        Self::new(&capture.key, &parameters)
    }

    pub(super) fn void(void: &Void) -> Self {
        Self::new(&void.key, &["void", &void.payment.to_string(), &void.reference])
    }

    pub(super) fn refund(refund: &Refund) -> Self {
        let parameters = [
            "refund",
            &refund.refund.to_string(),
            &refund.payment.to_string(),
            &refund.reference,
            &refund.amount.to_string(),
        ];
        Self::new(&refund.key, &parameters)
    }

    fn new(key: &str, parameters: &[&str]) -> Self {
        Self {
            key: key.to_owned(),
            hash: hex(&Sha256::digest(parameters.join("\n"))),
        }
    }
}

/// Records a request; `false` if its key was used and is not forgotten: whatever was asked before
/// `forgotten_before` is.
pub(super) async fn claim(
    db: &impl ConnectionTrait,
    request: &Request,
    now: DateTime<Utc>,
    forgotten_before: DateTime<Utc>,
) -> Result<bool, ProviderError> {
    let sql = "insert into simulated_request (idempotency_key, request_hash, answer, created_at) values ($1, $2, '', $3) \
               on conflict (idempotency_key) do update \
               set request_hash = excluded.request_hash, answer = excluded.answer, created_at = excluded.created_at \
               where simulated_request.created_at < $4";
    let values = [
        request.key.clone().into(),
        request.hash.clone().into(),
        now.into(),
        forgotten_before.into(),
    ];
    change(db, sql, values).await
}

/// Keeps the answer for whoever repeats the request.
pub(super) fn keep<T: Serialize>(later: &Later, request: &Request, answer: &Answer<T>) -> Result<(), ProviderError> {
    let sql = "update simulated_request set answer = $2 where idempotency_key = $1";
    let answer = serde_json::to_string(answer).map_err(unknown)?;
    later.add(sql, [request.key.clone().into(), answer.into()]);
    Ok(())
}

/// Records a request whose key was not used, with its answer.
pub(super) fn record<T: Serialize>(
    later: &Later,
    request: &Request,
    answer: &Answer<T>,
    now: DateTime<Utc>,
) -> Result<(), ProviderError> {
    let sql =
        "insert into simulated_request (idempotency_key, request_hash, answer, created_at) values ($1, $2, $3, $4)";
    let answer = serde_json::to_string(answer).map_err(unknown)?;
    let (key, hash) = (request.key.clone(), request.hash.clone());
    later.add(sql, [key.into(), hash.into(), answer.into(), now.into()]);
    Ok(())
}

/// What this very request was answered, if it was made before.
///
/// # Errors
/// When its key was used for another.
pub(super) async fn answered<T: DeserializeOwned>(
    db: &impl ConnectionTrait,
    request: &Request,
    forgotten_before: DateTime<Utc>,
) -> Result<Option<Answer<T>>, ProviderError> {
    let sql = "select request_hash, answer from simulated_request where idempotency_key = $1 and created_at >= $2";
    let values = [request.key.clone().into(), forgotten_before.into()];
    let row = db.query_one_raw(statement(db, sql, values)).await.map_err(unknown)?;
    let Some(row) = row else {
        return Ok(None);
    };
    let hash: String = row.try_get("", "request_hash").map_err(unknown)?;
    if hash != request.hash {
        return Err(ProviderError::Rejected(format!(
            "the idempotency key `{}` was used for another request",
            request.key
        )));
    }
    let answer: String = row.try_get("", "answer").map_err(unknown)?;
    serde_json::from_str(&answer).map(Some).map_err(unknown)
}

/// Whether this request is to fail on purpose once more, having done so less than `times` times.
pub(super) async fn stumbles(
    provider: &SimulatedProvider,
    request: &Request,
    times: i64,
) -> Result<bool, ProviderError> {
    let sql = "insert into simulated_stumble (idempotency_key, times) values ($1, 1) \
               on conflict (idempotency_key) do update set times = simulated_stumble.times + 1 \
               where simulated_stumble.times < $2";
    let counted = provider.execute(sql, [request.key.clone().into(), times.into()]);
    Ok(counted.await? == 1)
}

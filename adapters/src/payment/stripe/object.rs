//! Of Stripe's objects what is needed, and no more: unknown fields and values pass.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;
use vitrine_commerce::ports::payment::SavedMethod;
use vitrine_entity::ids::{PaymentId, RefundId};

/// Where Stripe keeps which shop of the account it is for, and our id of the attempt; a charge
/// carries a copy of its intent's.
const OUR_SHOP: &str = "vitrine_shop";
const OUR_PAYMENT: &str = "vitrine_payment";
const OUR_REFUND: &str = "vitrine_refund";

/// What we wrote on an object, and what others did.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Metadata(Option<HashMap<String, String>>);

impl Metadata {
    /// Which attempt it names, be it ours or another shop's.
    pub(super) fn payment(&self) -> Option<PaymentId> {
        self.get(OUR_PAYMENT)?.parse().ok()
    }

    /// Which attempt of `shop` it names; `None` for what is another's.
    pub(super) fn payment_of(&self, shop: &str) -> Option<PaymentId> {
        self.payment().filter(|_| self.shop() == Some(shop))
    }

    /// Which shop it is for.
    pub(super) fn shop(&self) -> Option<&str> {
        self.get(OUR_SHOP)
    }

    pub(super) fn refund(&self) -> Option<RefundId> {
        self.get(OUR_REFUND)?.parse().ok()
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.as_ref()?.get(key).map(String::as_str)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) amount: i64,
    /// Stripe always tells it; its imitations do not.
    pub(super) amount_received: Option<i64>,
    /// Lower case.
    pub(super) currency: String,
    /// Seconds since 1970.
    pub(super) created: i64,
    #[serde(default)]
    pub(super) livemode: bool,
    #[serde(default)]
    pub(super) metadata: Metadata,
    pub(super) client_secret: Option<String>,
    pub(super) next_action: Option<NextAction>,
    pub(super) last_payment_error: Option<ErrorBody>,
    /// Set where the means of payment is saved for the customer.
    pub(super) setup_future_usage: Option<String>,
    #[serde(default, deserialize_with = "id")]
    pub(super) payment_method: Option<String>,
    #[serde(default, deserialize_with = "expanded")]
    latest_charge: Option<ChargeObject>,
    /// In the place of `latest_charge` before November 2022. The newest is first.
    charges: Option<Charges>,
}

impl Intent {
    /// Its charge, where it was told in full.
    pub(super) fn charge(&self) -> Option<&ChargeObject> {
        let listed = || self.charges.as_ref()?.data.first();
        self.latest_charge.as_ref().or_else(listed)
    }
}

#[derive(Debug, Deserialize)]
struct Charges {
    #[serde(default)]
    data: Vec<ChargeObject>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChargeObject {
    pub(super) amount_captured: Option<i64>,
    /// What was paid back, and what is on its way.
    pub(super) amount_refunded: Option<i64>,
    payment_method_details: Option<MethodDetails>,
}

impl CardDetails {
    /// The card that Stripe keeps as `reference`; `None` where too little of it is told.
    pub(super) fn saved_as(&self, reference: String) -> Option<SavedMethod> {
        Some(SavedMethod {
            reference,
            brand: self.brand.clone().unwrap_or_default(),
            last_four: self.last4.clone()?,
            expiry_month: self.exp_month?,
            expiry_year: self.exp_year?,
        })
    }
}

impl ChargeObject {
    /// When its authorization lapses, in seconds since 1970.
    pub(super) fn capture_before(&self) -> Option<i64> {
        self.card()?.capture_before
    }

    /// Whether the card lets it be captured in parts.
    pub(super) fn in_parts(&self) -> bool {
        let told = self.card().and_then(|card| card.multicapture.as_ref());
        told.is_some_and(|told| told.status == "available")
    }

    pub(super) fn card(&self) -> Option<&CardDetails> {
        self.payment_method_details.as_ref()?.card.as_ref()
    }
}

#[derive(Debug, Deserialize)]
struct MethodDetails {
    card: Option<CardDetails>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CardDetails {
    capture_before: Option<i64>,
    multicapture: Option<Multicapture>,
    brand: Option<String>,
    last4: Option<String>,
    exp_month: Option<i32>,
    exp_year: Option<i32>,
}

/// A customer, a card that is kept for one, or what is left of either.
#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    pub(super) id: String,
    /// Whose it is.
    #[serde(default, deserialize_with = "id")]
    pub(super) customer: Option<String>,
    /// What a card is.
    pub(super) card: Option<CardDetails>,
    /// Of a customer that is gone Stripe tells no more than that.
    #[serde(default)]
    pub(super) deleted: bool,
}

#[derive(Debug, Deserialize)]
struct Multicapture {
    #[serde(default)]
    status: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct NextAction {
    pub(super) redirect_to_url: Option<Redirect>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Redirect {
    pub(super) url: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RefundObject {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) status: Option<String>,
    pub(super) failure_reason: Option<String>,
    #[serde(default)]
    pub(super) metadata: Metadata,
}

/// What stands in the body of an answer that is no success.
#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    pub(super) error: ErrorBody,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ErrorBody {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) code: Option<String>,
    pub(super) decline_code: Option<String>,
    pub(super) message: Option<String>,
    /// The intent that a declined card leaves behind.
    #[serde(default, deserialize_with = "readable")]
    pub(super) payment_intent: Option<Box<Intent>>,
}

impl ErrorBody {
    /// The most exact word for it.
    pub(super) fn code(&self) -> Option<&str> {
        let words = [&self.decline_code, &self.code, &self.kind];
        words.into_iter().find_map(|word| word.as_deref())
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    has_more: bool,
}

impl<T: Listed> List<T> {
    /// What the next page comes after; `None` on the last.
    pub(super) fn next(&self) -> Option<String> {
        let last = self.data.last().filter(|_| self.has_more)?;
        Some(last.id().to_owned())
    }
}

/// What comes in lists.
pub(super) trait Listed {
    fn id(&self) -> &str;
}

impl Listed for Intent {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Listed for RefundObject {
    fn id(&self) -> &str {
        &self.id
    }
}

/// An object, where it was asked for; `None` where only its id stands.
fn expanded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<ChargeObject>, D::Error> {
    match Option::deserialize(deserializer)? {
        Some(object @ Value::Object(_)) => serde_json::from_value(object).map(Some).map_err(D::Error::custom),
        _ => Ok(None),
    }
}

/// The id of what may be written out.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::deserialize(deserializer)? {
        Some(Value::String(id)) => Some(id),
        Some(Value::Object(object)) => object.get("id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    })
}

/// An intent within an error; `None` where only its id stands, or too little of it. What the error
/// itself says counts for more.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<Intent>>, D::Error> {
    let told = Option::<Value>::deserialize(deserializer)?;
    Ok(told.and_then(|told| serde_json::from_value(told).ok()))
}

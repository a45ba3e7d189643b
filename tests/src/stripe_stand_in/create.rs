//! Creating and confirming a payment intent, in one request.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    books::{Books, Charge, Intent, Status},
    cards::{self, Card},
    error::StripeError,
    parameters::Parameters,
    render::Expand,
};

const KNOWN: [&str; 18] = [
    "amount",
    "automatic_payment_methods",
    "capture_method",
    "confirm",
    "confirmation_token",
    "currency",
    "customer",
    "description",
    "metadata",
    "off_session",
    "payment_method",
    "payment_method_data",
    "payment_method_options",
    "payment_method_types",
    "receipt_email",
    "return_url",
    "setup_future_usage",
    "use_stripe_sdk",
];

/// The least that Stripe takes in currencies with cents.
const AMOUNT_MIN: i64 = 50;

impl Books {
    pub(super) fn create_intent(&mut self, parameters: &Parameters, now: DateTime<Utc>) -> Result<Value, StripeError> {
        let mut intent = self.read(parameters, now)?;
        let Some(card) = intent.card.filter(|_| parameters.is_true("confirm")) else {
            let place = self.enter(intent);
            self.tell_intent("payment_intent.created", place, now);
            return Ok(self.intent_json(&self.intents[place], Expand::of(parameters)));
        };
        let charge = self.charge(card, now);
        intent.charge = charge;
        let place = self.enter(intent);
        self.tell_intent("payment_intent.created", place, now);
        self.confirm(place, card, now)?;
        Ok(self.intent_json(&self.intents[place], Expand::of(parameters)))
    }

    fn read(&mut self, parameters: &Parameters, now: DateTime<Utc>) -> Result<Intent, StripeError> {
        parameters.allow(&KNOWN)?;
        parameters.required("amount")?;
        let amount = parameters.amount("amount")?.unwrap_or_default();
        let currency = currency(parameters)?;
        if amount < AMOUNT_MIN && currency != "jpy" {
            let message = "Amount must be at least €0.50 eur";
            return Err(StripeError::invalid("amount_too_small", "amount", message).validation());
        }
        let manual = match parameters.text("capture_method") {
            None | Some("automatic" | "automatic_async") => false,
            Some("manual") => true,
            Some(other) => return Err(StripeError::not_a_choice("capture_method", other)),
        };
        let customer = self.customer_of(parameters)?;
        let method = self.saved_of(parameters, customer.as_deref())?;
        let card = match &method {
            Some(method) => Some(method.card),
            None => method_of_a_test(parameters)?,
        };
        let saves = saves(parameters)?;
        let confirm = parameters.is_true("confirm");
        if confirm && card.is_none() {
            return Err(StripeError::no_method());
        }
        if confirm && parameters.text("return_url").is_none() && may_redirect(parameters) {
            return Err(StripeError::no_return_url());
        }
        Ok(Intent {
            id: self.id("pi"),
            created: now,
            amount,
            currency,
            manual,
            in_parts: self.multicapture && asks_for_parts(parameters),
            status: Status::RequiresPaymentMethod,
            card,
            metadata: parameters.metadata(),
            description: parameters.text("description").map(str::to_owned),
            return_url: parameters.text("return_url").map(str::to_owned),
            amount_received: 0,
            last_error: None,
            charge: None,
            customer,
            saves,
            method: method.map(|method| method.id),
        })
    }

    fn enter(&mut self, intent: Intent) -> usize {
        self.intents.push(intent);
        self.intents.len() - 1
    }

    /// The charge that a confirmation makes; none while the shopper is asked.
    fn charge(&mut self, card: Card, now: DateTime<Utc>) -> Option<Charge> {
        let status = match card {
            Card::SecondFactor => return None,
            Card::Declined(..) => "failed",
            Card::Processing => "pending",
            Card::Approved | Card::RefundFails | Card::RefundPends => "succeeded",
        };
        Some(Charge::new(self.id("ch"), status, now))
    }

    fn confirm(&mut self, place: usize, card: Card, now: DateTime<Utc>) -> Result<(), StripeError> {
        match card {
            Card::Approved | Card::RefundFails | Card::RefundPends => self.approve(place, now),
            Card::SecondFactor => {
                self.intents[place].status = Status::RequiresAction;
                self.tell_intent("payment_intent.requires_action", place, now);
            }
            Card::Processing => {
                self.intents[place].status = Status::Processing;
                self.tell_charge("charge.pending", place, now);
                self.tell_intent("payment_intent.processing", place, now);
            }
            Card::Declined(code, decline_code) => {
                let details = cards::declined(code, decline_code);
                self.refuse(place, details.clone(), now);
                let intent = &self.intents[place];
                let charge = intent.charge.as_ref().map_or("", |charge| &charge.id).to_owned();
                let shown = self.intent_json(intent, Expand::Nothing);
                return Err(StripeError::card(&details, &charge, shown));
            }
        }
        Ok(())
    }
}

impl Charge {
    pub(super) fn new(id: String, status: &'static str, now: DateTime<Utc>) -> Self {
        Self {
            id,
            created: now,
            status,
            captured: false,
            amount_captured: 0,
            amount_released: 0,
        }
    }
}

fn currency(parameters: &Parameters) -> Result<String, StripeError> {
    let currency = parameters.required("currency")?;
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_code {
        return Ok(currency.to_owned());
    }
    let message = format!("Invalid currency: {currency}.");
    Err(StripeError::invalid("invalid_currency", "currency", message).validation())
}

/// The test method that pays, however it is named.
fn method_of_a_test(parameters: &Parameters) -> Result<Option<Card>, StripeError> {
    let named = [
        ("payment_method", "PaymentMethod"),
        ("payment_method_data[card][token]", "token"),
        ("confirmation_token", "ConfirmationToken"),
    ];
    for (parameter, kind) in named {
        if let Some(name) = parameters.text(parameter) {
            let card = Card::named(name);
            return card
                .map(Some)
                .ok_or_else(|| StripeError::no_such(kind, name, parameter));
        }
    }
    Ok(None)
}

/// Whether the card is to be saved for payments while its shopper is there.
fn saves(parameters: &Parameters) -> Result<bool, StripeError> {
    match parameters.text("setup_future_usage") {
        None => Ok(false),
        Some("on_session" | "off_session") => Ok(true),
        Some(other) => Err(StripeError::not_a_choice("setup_future_usage", other)),
    }
}

/// What an account without the feature answers with `unavailable`.
fn asks_for_parts(parameters: &Parameters) -> bool {
    parameters.text("payment_method_options[card][request_multicapture]") == Some("if_available")
}

/// Whether a method may be chosen that leads the shopper to another page.
fn may_redirect(parameters: &Parameters) -> bool {
    parameters.text("automatic_payment_methods[allow_redirects]") != Some("never")
        && parameters.text("payment_method_types[]").is_none()
        && parameters.text("payment_method_types[0]").is_none()
}

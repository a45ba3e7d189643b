//! Errors in the form and with the codes that Stripe gives them.

use serde_json::{Map, Value, json};

#[derive(Debug, Clone)]
pub(super) struct StripeError {
    pub(super) status: u16,
    /// It was refused before it was begun, so that its key is not remembered.
    pub(super) is_validation: bool,
    fields: Map<String, Value>,
}

impl StripeError {
    fn new(status: u16, kind: &str, message: impl Into<String>) -> Self {
        let mut fields = Map::new();
        fields.insert("type".to_owned(), Value::from(kind));
        fields.insert("message".to_owned(), Value::from(message.into()));
        Self {
            status,
            is_validation: false,
            fields,
        }
    }

    fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(field.to_owned(), value.into());
        self
    }

    /// Refused before it was begun.
    pub(super) fn validation(mut self) -> Self {
        self.is_validation = true;
        self
    }

    pub(super) fn body(&self) -> Value {
        json!({ "error": self.fields })
    }

    pub(super) fn no_key() -> Self {
        let message = "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
        Self::new(401, "invalid_request_error", message)
    }

    /// It shows the beginning and the end of the key, as Stripe does.
    pub(super) fn wrong_key(key: &str) -> Self {
        let (head, tail): (String, String) = (key.chars().take(8).collect(), key.chars().rev().take(4).collect());
        let tail: String = tail.chars().rev().collect();
        let message = format!("Invalid API Key provided: {head}{}{tail}", "*".repeat(12));
        Self::new(401, "invalid_request_error", message)
    }

    /// What a restricted key is told.
    pub(super) fn forbidden() -> Self {
        let message = "The provided key does not have the required permissions for this endpoint on this account. Having the 'rak_charge_write' permission would allow this request to continue.";
        Self::new(403, "invalid_request_error", message)
    }

    pub(super) fn refused() -> Self {
        Self::new(
            400,
            "invalid_request_error",
            "The card network does not take this request.",
        )
    }

    pub(super) fn internal() -> Self {
        let message = "An unexpected error occurred. Stripe has been notified of the problem.";
        Self::new(500, "api_error", message)
    }

    pub(super) fn rate_limit() -> Self {
        let message = "Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.";
        Self::new(429, "invalid_request_error", message).with("code", "rate_limit")
    }

    pub(super) fn lock_timeout() -> Self {
        let message = "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.";
        Self::new(429, "invalid_request_error", message).with("code", "lock_timeout")
    }

    pub(super) fn key_reused(key: &str) -> Self {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request."
        );
        Self::new(400, "idempotency_error", message)
    }

    pub(super) fn key_in_use(key: &str) -> Self {
        let message = format!(
            "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): {key}. Please try again later."
        );
        Self::new(409, "idempotency_error", message).with("code", "idempotency_key_in_use")
    }

    pub(super) fn key_length() -> Self {
        let message = "Idempotency keys have between 1 and 255 characters.";
        Self::new(400, "invalid_request_error", message).validation()
    }

    pub(super) fn unknown_url(method: &str, path: &str) -> Self {
        let message = format!("Unrecognized request URL ({method}: {path}).");
        Self::new(404, "invalid_request_error", message).validation()
    }

    pub(super) fn no_such(kind: &str, id: &str, parameter: &str) -> Self {
        let status = if parameter == "intent" || parameter == "id" {
            404
        } else {
            400
        };
        Self::new(status, "invalid_request_error", format!("No such {kind}: '{id}'"))
            .with("code", "resource_missing")
            .with("param", parameter)
            .validation()
    }

    pub(super) fn missing(name: &str) -> Self {
        Self::invalid("parameter_missing", name, format!("Missing required param: {name}.")).validation()
    }

    pub(super) fn unknown_parameter(name: &str) -> Self {
        let message = format!("Received unknown parameter: {name}");
        Self::invalid("parameter_unknown", name, message).validation()
    }

    pub(super) fn not_an_integer(name: &str, text: &str) -> Self {
        let message = format!("Invalid integer: {text}");
        Self::invalid("parameter_invalid_integer", name, message).validation()
    }

    pub(super) fn too_small(name: &str) -> Self {
        let message = "This value must be greater than or equal to 1.";
        Self::invalid("parameter_invalid_integer", name, message).validation()
    }

    pub(super) fn not_a_choice(name: &str, given: &str) -> Self {
        let message = format!("Invalid {name}: {given}");
        Self::new(400, "invalid_request_error", message)
            .with("param", name)
            .validation()
    }

    pub(super) fn no_method() -> Self {
        let message = "You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent, specify a payment method attached to this customer along with the customer ID.";
        Self::new(400, "invalid_request_error", message)
            .with("code", "payment_intent_unexpected_state")
            .validation()
    }

    /// Stripe gives this one no code.
    pub(super) fn not_attached() -> Self {
        let message = "The payment method you provided is not attached to a customer so detachment is impossible.";
        Self::new(400, "invalid_request_error", message)
    }

    /// A saved method pays for its customer alone.
    pub(super) fn not_the_customers(method: &str) -> Self {
        let message = format!(
            "The provided PaymentMethod cannot be attached. To reuse a PaymentMethod, you must attach it to a Customer first: {method}"
        );
        Self::new(400, "invalid_request_error", message)
            .with("param", "payment_method")
            .validation()
    }

    pub(super) fn no_return_url() -> Self {
        let message = "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`.";
        Self::new(400, "invalid_request_error", message).validation()
    }

    pub(super) fn invalid(code: &str, parameter: &str, message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
            .with("code", code)
            .with("param", parameter)
    }

    /// The intent is not in a state in which this can be done; the error shows it.
    pub(super) fn unexpected_state(message: impl Into<String>, intent: Value) -> Self {
        Self::new(400, "invalid_request_error", message)
            .with("code", "payment_intent_unexpected_state")
            .with("payment_intent", intent)
    }

    pub(super) fn already_refunded(charge: &str) -> Self {
        let message = format!("Charge {charge} has already been refunded.");
        Self::new(400, "invalid_request_error", message).with("code", "charge_already_refunded")
    }

    /// Stripe gives this one no code.
    pub(super) fn refund_too_large(amount: i64, left: i64) -> Self {
        let message = format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left})");
        Self::new(400, "invalid_request_error", message).with("param", "amount")
    }

    /// The bank said no. `details` are those of the intent's last error; the error shows the intent.
    pub(super) fn card(details: &Value, charge: &str, intent: Value) -> Self {
        let mut error = Self::new(402, "card_error", "");
        if let Value::Object(details) = details {
            error.fields.extend(details.clone());
        }
        error.with("charge", charge).with("payment_intent", intent)
    }
}

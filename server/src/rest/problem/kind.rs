//! What may go wrong, by code: the codes of GraphQL's `ErrorCode` and of the edge, each with the
//! status that belongs to it and what to do about it.

use axum::http::StatusCode;
use vitrine_commerce::{ErrorCode, payments::PaymentProblemCode};

/// A kind of problem. Stable: clients branch on its code.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::rest) struct Kind {
    pub(in crate::rest) code: &'static str,
    pub(in crate::rest) status: StatusCode,
    pub(in crate::rest) title: &'static str,
    /// What it means and what the client does about it.
    pub(in crate::rest) advice: &'static str,
}

impl Kind {
    /// As it stands in a problem's `type`: `insufficient-stock`.
    pub(in crate::rest) fn slug(&self) -> String {
        self.code.to_ascii_lowercase().replace('_', "-")
    }

    /// The reverse of [`Kind::slug`].
    pub(in crate::rest) fn by_slug(slug: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|kind| kind.slug() == slug)
    }
}

macro_rules! kinds {
    ($($code:ident = $status:ident, $title:literal, $advice:literal;)*) => {
        $(pub(in crate::rest) const $code: &Kind = &Kind {
            code: stringify!($code),
            status: StatusCode::$status,
            title: $title,
            advice: $advice,
        };)*

        /// All of them.
        pub(in crate::rest) const ALL: &[&Kind] = &[$($code),*];
    };
}

kinds! {
    PAYMENT_PENDING = ACCEPTED, "The payment is under way", "Its outcome will be known by itself. Ask again after `Retry-After`.";
    BAD_REQUEST = BAD_REQUEST, "Malformed request", "The body is not JSON, or a header cannot be read. Mend the client.";
    IDEMPOTENCY_KEY_MISSING = BAD_REQUEST, "Idempotency-Key is missing", "Send the header `Idempotency-Key`, such as a random UUID: one for each thing that you mean to do, and the same one when you repeat it.";
    UNAUTHENTICATED = UNAUTHORIZED, "Signing in is needed", "Send a valid access token as `Authorization: Bearer …`; refresh it or sign in again.";
    PAYMENT_DECLINED = PAYMENT_REQUIRED, "The payment was declined", "The payment provider or the shopper's bank said no; `declineCode` says why. Let the shopper choose another means of payment, and process the payment again with it.";
    PAYMENT_ACTION_REQUIRED = PAYMENT_REQUIRED, "The shopper must act", "The payment waits for the shopper: do what `action` says, such as sending them to their bank. Then process the payment again, without a payment method.";
    PAYMENT_VOIDED = PAYMENT_REQUIRED, "The payment was given up", "It was given up before any money moved. Process the payment again with a payment method.";
    FORBIDDEN = FORBIDDEN, "Not allowed", "The role that you are signed in with does not allow it.";
    NOT_FOUND = NOT_FOUND, "Not found", "It does not exist, or is not yours. A guest opens an order with the header `Order-Access-Token`.";
    METHOD_NOT_ALLOWED = METHOD_NOT_ALLOWED, "Method not allowed", "The header `Allow` names the methods that this path takes.";
    VERSION_CONFLICT = CONFLICT, "It has changed meanwhile", "The cart is not the one that the shopper saw. Show it again, and ask again with its new version.";
    CART_COMPLETED = CONFLICT, "The cart is an order already", "The cart takes no more changes. Begin a new one.";
    PRICE_CHANGED = CONFLICT, "A price has changed", "Show the cart again. The shopper accepts the new prices with GraphQL's `cartPricesAccept`.";
    APPROVAL_NEEDED = CONFLICT, "A manager has to approve it", "Ask a manager of the company with GraphQL's `purchaseRequestCreate`, or wait for the answer.";
    INSUFFICIENT_STOCK = CONFLICT, "Insufficient stock", "Less is available than was asked for: `errors` says of what, and how much. Lower the quantity.";
    NOT_FOR_SALE = CONFLICT, "Not for sale", "The variant does not exist or is no longer sold. Take the line out.";
    PAYMENT_IN_PROGRESS = CONFLICT, "A payment is under way", "No second payment opens beside one whose outcome is not known. Wait for it: process the payment without a payment method.";
    CREDIT_CHANGED = CONFLICT, "Less is left to pay with", "A gift card or store credit has less left than was seen, or pays nothing any more. Show the cart again, and ask again.";
    PAYMENT_STATE = CONFLICT, "The payment's state does not allow it", "There is nothing to capture, or to pay back, in the state that the payment is in. Read the order again.";
    DRAFT_ORDER_STATE = CONFLICT, "The draft order's state does not allow it", "It has expired, was taken back, or is an order already; or what it holds is to be changed, which staff alone do.";
    ORDER_STATE = CONFLICT, "The order's state does not allow it", "Read the order again: it was cancelled, or has gone further meanwhile.";
    REQUEST_IN_PROGRESS = CONFLICT, "It is still being done", "What was asked under the same Idempotency-Key has not ended. Ask again after `Retry-After`.";
    TAKEN = CONFLICT, "Taken already", "The slug or the SKU belongs to another. Choose another.";
    IN_STOCK = CONFLICT, "In stock", "It can be had now: there is nothing to wait for.";
    DISCOUNT_UNAVAILABLE = CONFLICT, "The discount does not apply", "It has expired, is used up, or is for something else: the detail says which. Read the cart again.";
    POLICY_CHANGED = CONFLICT, "A policy has changed", "Another text is in force than the one that the shopper agreed to. Show it, and ask again.";
    EMAIL_TAKEN = CONFLICT, "The mail address has an account", "Sign in with it instead.";
    BODY_TOO_LARGE = PAYLOAD_TOO_LARGE, "The body is too large", "No request of this API needs as much.";
    UNSUPPORTED_MEDIA_TYPE = UNSUPPORTED_MEDIA_TYPE, "The body is not JSON", "Send `Content-Type: application/json`, in UTF-8 and not compressed.";
    INVALID = UNPROCESSABLE_ENTITY, "Invalid input", "A field is unknown, missing, malformed, too long or out of bounds: `errors` says which.";
    INVALID_AMOUNT = UNPROCESSABLE_ENTITY, "Invalid amount", "An amount is a decimal string with no more decimals than its currency has, like `12.30`.";
    IDEMPOTENCY_KEY_REUSED = UNPROCESSABLE_ENTITY, "The Idempotency-Key was used for another request", "A key belongs to one request. Make a new one for each thing that you mean to do.";
    CART_EMPTY = UNPROCESSABLE_ENTITY, "The cart is empty", "Put something into it first.";
    CART_LIMIT = UNPROCESSABLE_ENTITY, "Too much for one cart", "The cart holds more lines, or more of one, than is allowed.";
    CART_INCOMPLETE = UNPROCESSABLE_ENTITY, "The checkout is not complete", "Something is missing that an order needs; `errors` says what.";
    NOT_SHIPPABLE = UNPROCESSABLE_ENTITY, "Not shippable", "No shipping method, or not the chosen one, reaches the address.";
    PAYMENT_METHOD_UNKNOWN = UNPROCESSABLE_ENTITY, "Unknown payment method", "The shop does not offer it. GraphQL's `shop.paymentMethods` lists what it does.";
    CAPTURE_EXCEEDS_AUTHORIZED = UNPROCESSABLE_ENTITY, "More than is held", "No more can be captured than was authorized.";
    REFUND_EXCEEDS_CAPTURED = UNPROCESSABLE_ENTITY, "More than was captured", "No more can be paid back than was captured and is not on its way back yet.";
    WRONG_CREDENTIALS = UNPROCESSABLE_ENTITY, "Wrong credentials", "Mail address and password do not match an account.";
    PASSWORD_NOT_SET = UNPROCESSABLE_ENTITY, "The account has no password", "It was opened by signing in at a provider. Set a password by a link (GraphQL's `customerPasswordResetRequest`), and ask again with it.";
    EMAIL_UNVERIFIED = UNPROCESSABLE_ENTITY, "The mail address is not proven", "The provider does not say that it is theirs. Confirm it there, or sign up here.";
    IDENTITY_PROVIDER_UNAVAILABLE = SERVICE_UNAVAILABLE, "The provider does not answer", "Ask again after `Retry-After`, or sign in another way.";
    INVALID_TOKEN = UNPROCESSABLE_ENTITY, "Invalid token", "The token is unknown, expired or used. Sign in again.";
    SECOND_FACTOR_REQUIRED = UNPROCESSABLE_ENTITY, "A second factor is needed", "Send the code that the authenticator app shows, too.";
    WRONG_SECOND_FACTOR = UNPROCESSABLE_ENTITY, "Wrong code", "The code is wrong or was used before. Wait for the next one.";
    TOO_MANY_ATTEMPTS = TOO_MANY_REQUESTS, "Too many attempts", "Try again later.";
    RATE_LIMITED = TOO_MANY_REQUESTS, "Too many requests", "Nothing was done. Ask again after `Retry-After` seconds; `RateLimit-Remaining` says how often you still may.";
    LAST_ADMINISTRATOR = CONFLICT, "The last administrator", "Make somebody else administrator first.";
    WEAK_PASSWORD = UNPROCESSABLE_ENTITY, "Weak password", "Choose a longer one, of words that do not belong together and are not your name.";
    INTERNAL_ERROR = INTERNAL_SERVER_ERROR, "Something went wrong on our side", "Ask again with the same Idempotency-Key; name the request id in `instance` if it stays.";
    PAYMENT_PROVIDER_UNAVAILABLE = SERVICE_UNAVAILABLE, "The payment provider does not answer", "The shop keeps trying by itself. Ask again after `Retry-After`, and never place a second order for it.";
    PAYMENT_CONFIG_MISSING = SERVICE_UNAVAILABLE, "The payment method is not set up", "The provider's keys or settings are missing or wrong: the shop's staff must act. Offer another payment method.";
    SERVICE_UNAVAILABLE = SERVICE_UNAVAILABLE, "Overloaded", "Ask again after `Retry-After`, with the same Idempotency-Key.";
    OUTCOME_UNKNOWN = SERVICE_UNAVAILABLE, "It is not known whether it was done", "Ask again with the same Idempotency-Key: nothing is done twice. Where it says that it was begun and is not done again, look at what there is before you ask under another key.";
    TIMEOUT = SERVICE_UNAVAILABLE, "It took too long", "Whether it was done is not known. Ask again with the same Idempotency-Key.";
}

impl From<ErrorCode> for &'static Kind {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::Invalid => INVALID,
            ErrorCode::InvalidAmount => INVALID_AMOUNT,
            ErrorCode::NotFound => NOT_FOUND,
            ErrorCode::VersionConflict => VERSION_CONFLICT,
            ErrorCode::CartCompleted => CART_COMPLETED,
            ErrorCode::CartEmpty => CART_EMPTY,
            ErrorCode::CartLimit => CART_LIMIT,
            ErrorCode::CartIncomplete => CART_INCOMPLETE,
            ErrorCode::PriceChanged => PRICE_CHANGED,
            ErrorCode::ApprovalNeeded => APPROVAL_NEEDED,
            ErrorCode::CreditChanged => CREDIT_CHANGED,
            ErrorCode::InsufficientStock => INSUFFICIENT_STOCK,
            ErrorCode::NotForSale => NOT_FOR_SALE,
            ErrorCode::NotShippable => NOT_SHIPPABLE,
            ErrorCode::IdempotencyKeyReused => IDEMPOTENCY_KEY_REUSED,
            ErrorCode::PaymentMethodUnknown => PAYMENT_METHOD_UNKNOWN,
            ErrorCode::PaymentInProgress => PAYMENT_IN_PROGRESS,
            ErrorCode::PaymentConfigMissing => PAYMENT_CONFIG_MISSING,
            ErrorCode::PaymentDeclined => PAYMENT_DECLINED,
            ErrorCode::PaymentActionRequired => PAYMENT_ACTION_REQUIRED,
            ErrorCode::PaymentProviderUnavailable => PAYMENT_PROVIDER_UNAVAILABLE,
            ErrorCode::PaymentState => PAYMENT_STATE,
            ErrorCode::CaptureExceedsAuthorized => CAPTURE_EXCEEDS_AUTHORIZED,
            ErrorCode::RefundExceedsCaptured => REFUND_EXCEEDS_CAPTURED,
            ErrorCode::DraftOrderState => DRAFT_ORDER_STATE,
            ErrorCode::OrderState => ORDER_STATE,
            ErrorCode::EmailTaken => EMAIL_TAKEN,
            ErrorCode::WrongCredentials => WRONG_CREDENTIALS,
            ErrorCode::PasswordNotSet => PASSWORD_NOT_SET,
            ErrorCode::EmailUnverified => EMAIL_UNVERIFIED,
            ErrorCode::IdentityProviderUnavailable => IDENTITY_PROVIDER_UNAVAILABLE,
            ErrorCode::InvalidToken => INVALID_TOKEN,
            ErrorCode::SecondFactorRequired => SECOND_FACTOR_REQUIRED,
            ErrorCode::WrongSecondFactor => WRONG_SECOND_FACTOR,
            ErrorCode::TooManyAttempts => TOO_MANY_ATTEMPTS,
            ErrorCode::RateLimited => RATE_LIMITED,
            ErrorCode::LastAdministrator => LAST_ADMINISTRATOR,
            ErrorCode::WeakPassword => WEAK_PASSWORD,
            ErrorCode::Unauthenticated => UNAUTHENTICATED,
            ErrorCode::Forbidden => FORBIDDEN,
            ErrorCode::Taken => TAKEN,
            ErrorCode::PolicyChanged => POLICY_CHANGED,
            ErrorCode::DiscountUnavailable => DISCOUNT_UNAVAILABLE,
            ErrorCode::InStock => IN_STOCK,
        }
    }
}

impl From<PaymentProblemCode> for &'static Kind {
    fn from(code: PaymentProblemCode) -> Self {
        match code {
            PaymentProblemCode::PaymentDeclined => PAYMENT_DECLINED,
            PaymentProblemCode::PaymentActionRequired => PAYMENT_ACTION_REQUIRED,
            PaymentProblemCode::PaymentPending => PAYMENT_PENDING,
            PaymentProblemCode::PaymentProviderUnavailable => PAYMENT_PROVIDER_UNAVAILABLE,
            PaymentProblemCode::PaymentConfigMissing => PAYMENT_CONFIG_MISSING,
            PaymentProblemCode::PaymentVoided => PAYMENT_VOIDED,
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::resolver_utils::EnumType;

    use super::*;
    use crate::graphql::shared;

    #[test]
    fn both_doors_use_the_same_codes() {
        for item in shared::ErrorCode::items() {
            let code: ErrorCode = item.value.into();
            assert_eq!(<&Kind>::from(code).code, item.name);
        }
    }

    #[test]
    fn a_kind_is_found_by_its_slug() {
        for kind in ALL {
            assert_eq!(Kind::by_slug(&kind.slug()), Some(*kind), "{}", kind.code);
        }
        assert_eq!(INSUFFICIENT_STOCK.slug(), "insufficient-stock");
        assert_eq!(Kind::by_slug("INSUFFICIENT_STOCK"), None);
    }
}

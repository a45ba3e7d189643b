//! Which problems a handler answers: by status, with the codes that may come and what each means.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{Content, Ref, RefOr, Response, ResponseBuilder},
};

use super::kind::{self, Kind};

/// What may go wrong anywhere.
const ANYWHERE: [&Kind; 5] = [
    kind::UNAUTHENTICATED,
    kind::RATE_LIMITED,
    kind::INTERNAL_ERROR,
    kind::SERVICE_UNAVAILABLE,
    kind::TIMEOUT,
];

/// What may be wrong with a body.
const BODY: [&Kind; 4] = [
    kind::BAD_REQUEST,
    kind::BODY_TOO_LARGE,
    kind::UNSUPPORTED_MEDIA_TYPE,
    kind::INVALID,
];

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $bodies:expr, [$($kind:ident),* $(,)?];)*) => {
        $(
            $(#[$doc])*
            pub(in crate::rest) struct $name;

            impl IntoResponses for $name {
                fn responses() -> BTreeMap<String, RefOr<Response>> {
                    let groups: [&[&Kind]; 3] = [&ANYWHERE, $bodies, &[$(kind::$kind),*]];
                    by_status(&groups.concat())
                }
            }
        )*
    };
}

problems! {
    /// Of buying.
    Checkout = &BODY, [
        OUTCOME_UNKNOWN, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, NOT_FOUND, VERSION_CONFLICT, CART_COMPLETED, CART_EMPTY,
        CART_LIMIT, CART_INCOMPLETE, PRICE_CHANGED, APPROVAL_NEEDED, DRAFT_ORDER_STATE, INSUFFICIENT_STOCK, NOT_FOR_SALE,
        NOT_SHIPPABLE, PAYMENT_METHOD_UNKNOWN, PAYMENT_CONFIG_MISSING,
    ];
    /// Of lists that everybody may read.
    PublicList = &[], [NOT_FOUND, INVALID];
    /// Of lists that not everybody may read.
    List = &[], [FORBIDDEN, NOT_FOUND, INVALID];
    /// Of reading a product.
    Product = &[], [NOT_FOUND];
    /// Of reading what is one's own.
    Own = &[], [NOT_FOUND, INVALID];
    /// Of changing what is one's own.
    OwnChange = &BODY, [OUTCOME_UNKNOWN];
    /// Of reading an order.
    Order = &[], [BAD_REQUEST, NOT_FOUND];
    /// Of processing a payment.
    ProcessPayment = &BODY, [
        OUTCOME_UNKNOWN, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, NOT_FOUND, PAYMENT_DECLINED, PAYMENT_ACTION_REQUIRED,
        PAYMENT_VOIDED, ORDER_STATE, PAYMENT_METHOD_UNKNOWN, PAYMENT_PROVIDER_UNAVAILABLE, PAYMENT_CONFIG_MISSING,
    ];
    /// Of capturing.
    Capture = &BODY, [
        OUTCOME_UNKNOWN, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, FORBIDDEN, NOT_FOUND, PAYMENT_STATE, INVALID_AMOUNT,
        CAPTURE_EXCEEDS_AUTHORIZED,
    ];
    /// Of paying back.
    Refund = &BODY, [
        OUTCOME_UNKNOWN, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, FORBIDDEN, NOT_FOUND, PAYMENT_STATE, INVALID_AMOUNT,
        REFUND_EXCEEDS_CAPTURED,
    ];
    /// Of paying an order's money back.
    OrderRefund = &BODY, [
        OUTCOME_UNKNOWN, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, FORBIDDEN, NOT_FOUND, PAYMENT_STATE, ORDER_STATE,
        INVALID_AMOUNT, REFUND_EXCEEDS_CAPTURED,
    ];
    /// Of making a parcel.
    Parcel = &BODY, [
        OUTCOME_UNKNOWN, FORBIDDEN, NOT_FOUND, ORDER_STATE, PAYMENT_STATE, INSUFFICIENT_STOCK, IDEMPOTENCY_KEY_REUSED,
        REQUEST_IN_PROGRESS,
    ];
    /// Of asking to send goods back.
    ReturnRequest = &BODY, [
        OUTCOME_UNKNOWN, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, NOT_FOUND,
    ];
    /// Of what is done with a return.
    ReturnStep = &BODY, [
        OUTCOME_UNKNOWN, FORBIDDEN, NOT_FOUND, ORDER_STATE, VERSION_CONFLICT, IDEMPOTENCY_KEY_REUSED, REQUEST_IN_PROGRESS,
    ];
    /// Of paying back what came.
    ReturnRefund = &BODY, [
        OUTCOME_UNKNOWN, IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, FORBIDDEN, NOT_FOUND, PAYMENT_STATE, ORDER_STATE,
        VERSION_CONFLICT, INVALID_AMOUNT, REFUND_EXCEEDS_CAPTURED,
    ];
    /// Of sending a picture.
    Media = &BODY, [OUTCOME_UNKNOWN, FORBIDDEN];
    /// Of having operations done.
    Bulk = &BODY, [OUTCOME_UNKNOWN, FORBIDDEN, IDEMPOTENCY_KEY_REUSED, REQUEST_IN_PROGRESS, TOO_MANY_ATTEMPTS];
    /// Of reading what became of them.
    BulkResults = &[], [FORBIDDEN, NOT_FOUND];
    /// Of reading the ledger.
    Ledger = &[], [FORBIDDEN, INVALID];
}

fn by_status(kinds: &[&Kind]) -> BTreeMap<String, RefOr<Response>> {
    let mut statuses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Kind {
        code, status, advice, ..
    } in kinds
    {
        let codes = statuses.entry(status.as_u16().to_string()).or_default();
        codes.push(format!("`{code}`: {advice}"));
    }
    let responses = statuses.into_iter().map(|(status, codes)| {
        let content = Content::new(Some(RefOr::<utoipa::openapi::Schema>::Ref(Ref::from_schema_name(
            "Problem",
        ))));
        let response = ResponseBuilder::new()
            .description(codes.join("\n\n"))
            .content("application/problem+json", content);
        (status, RefOr::T(response.build()))
    });
    responses.collect()
}

//! The facade's description, in OpenAPI 3.1: what the handlers say of themselves, put together.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::{
    audit, bulk, checkout, ledger, media, orders, payments,
    problem::{details, page},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vitrine, the REST facade",
        description = "The purchase and its payment, for clients that do not speak GraphQL. It is the same shop: the same \
            rules, the same idempotency keys. Whatever fails is answered with problem details (RFC 9457), whose `code` is stable. \
            Amounts are decimal strings. Unknown fields are refused.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        checkout::check_out,
        orders::order,
        orders::process_payment,
        payments::capture,
        payments::refund,
        ledger::export,
        media::add,
        audit::export,
        bulk::run,
        bulk::results,
        page::explain,
        serve,
    ),
    components(schemas(details::ProblemBody)),
    tags(
        (name = "checkout", description = "Buying."),
        (name = "orders", description = "Placed orders, and being paid for them."),
        (name = "payments", description = "What staff do with an order's money."),
        (name = "media", description = "Pictures that staff send."),
        (name = "bulk", description = "Files of operations that jobs do."),
        (name = "staff", description = "What staff and apps did."),
        (name = "problems", description = "What goes wrong, explained."),
        (name = "description", description = "This description."),
    ),
    modifiers(&Security),
)]
struct Description;

struct Security;

impl Modify for Security {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let bearer = |whose: &str| {
            let scheme = HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some(whose));
            SecurityScheme::Http(scheme.build())
        };
        let token = ApiKeyValue::with_description(
            "Order-Access-Token",
            "Opens one order to whoever holds it: the checkout's `accessToken`.",
        );
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("customer", bearer("The access token of a signed-in customer."));
        components.add_security_scheme(
            "staff",
            bearer("The access token of a signed-in member of staff, or an app's key."),
        );
        components.add_security_scheme("order", SecurityScheme::ApiKey(ApiKey::Header(token)));
    }
}

/// This description
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "description",
    responses((status = 200, description = "The description of the facade, in OpenAPI 3.1.", content_type = "application/json", body = Object))
)]
pub(super) async fn serve() -> Response {
    let description = axum::Json(Description::openapi());
    ([(header::CACHE_CONTROL, "max-age=300")], description).into_response()
}

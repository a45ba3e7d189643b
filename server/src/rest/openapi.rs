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
    analytics, audit, bulk, checkout, imports, inventory, ledger, media, notifications, order_refund, orders, payments,
    problem::{details, page},
    products, returns, shipments,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vitrine, the REST facade",
        description = "Products, the purchase and its payment, and what staff look at, for clients that do not speak GraphQL. It is the same shop: the same \
            rules, the same idempotency keys. Whatever fails is answered with problem details (RFC 9457), whose `code` is stable. \
            Amounts are decimal strings. Unknown fields are refused. `Accept-Language`, or `Context-Language`, \
            `Context-Country` and `Context-Currency`, say where the shopper is; `Content-Language` tells what was taken.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        products::products,
        products::product,
        checkout::check_out,
        orders::read::orders,
        orders::read::order,
        orders::process_payment::process_payment,
        shipments::shipments,
        shipments::of_order,
        shipments::make,
        returns::list,
        returns::read,
        returns::of_order,
        returns::request,
        returns::steps::approve,
        returns::steps::refuse,
        returns::steps::cancel,
        returns::steps::receive,
        returns::steps::inspect,
        returns::steps::refund,
        returns::steps::close,
        notifications::notifications,
        notifications::mark_read,
        inventory::inventory,
        analytics::orders,
        payments::capture,
        payments::refund,
        order_refund::refund,
        ledger::export,
        media::add,
        audit::export,
        bulk::run,
        bulk::results,
        imports::start,
        page::explain,
        serve,
    ),
    components(schemas(details::ProblemBody)),
    tags(
        (name = "products", description = "What is sold."),
        (name = "checkout", description = "Buying."),
        (name = "orders", description = "Placed orders, and being paid for them."),
        (name = "returns", description = "Goods that come back."),
        (name = "payments", description = "What staff do with an order's money."),
        (name = "notifications", description = "What the shop told a signed-in customer."),
        (name = "inventory", description = "What lies where."),
        (name = "analytics", description = "How much is sold."),
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

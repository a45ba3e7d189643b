//! The REST facade, for older clients: the use cases of the GraphQL API, with the same idempotency
//! keys, behind paths and statuses.
//!
//! A handler reads (`extract`), calls one use case, and writes (`view`). Whatever fails becomes a
//! `problem`. To add a resource: a file with its handlers, a line in `routes`, and a line in
//! `openapi`; then accept the changed snapshot of the description.

mod analytics;
mod audit;
mod bulk;
mod checkout;
mod docs;
mod documents;
mod exports;
mod extract;
mod imports;
mod inventory;
mod keyed;
mod ledger;
mod legacy;
mod media;
mod methods;
mod notifications;
mod openapi;
mod order_refund;
mod orders;
mod payments;
mod problem;
mod products;
mod received;
mod retirement;
mod returns;
mod shipments;
mod state;
mod view;

use std::{any::Any, sync::Arc};

use axum::{
    Extension, Json, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use vitrine_commerce::{Shop, language::Language};
use vitrine_edge::{
    Drain, HttpSettings, IDEMPOTENCY_KEY, RateLimited, RequestIds,
    error::{OVERLOAD_MESSAGE, log_panic},
};

use self::{
    checkout::REPLAYED,
    methods::only,
    problem::{
        details::{Problem, fault_problem},
        kind, page,
    },
    state::Rest,
};
use crate::{auth::ORDER_ACCESS_TOKEN, graphql::shared::PublicUrl, locality};
pub use retirement::Retirement;

/// What pages of other origins may send here, and read of an answer.
pub const HEADERS_ALLOWED: [HeaderName; 2] = [IDEMPOTENCY_KEY, ORDER_ACCESS_TOKEN];
pub const HEADERS_EXPOSED: [HeaderName; 1] = [REPLAYED];

/// How many megabytes of files may come at once: each is held in memory as it comes. One of the largest size always may.
const UPLOADS_MEGABYTES_MAX: u64 = 200;

/// `/api/…` and the pages that explain problems. Give them to [`vitrine_edge::finish()`]. `tokens`: the shop's colours, fonts
/// and shapes, as CSS.
pub fn routes(
    shop: Shop,
    settings: HttpSettings,
    public_url: PublicUrl,
    retirement: Retirement,
    drain: Drain,
    tokens: &str,
) -> Router {
    let requests = Arc::new(Semaphore::new(settings.requests_max));
    let (media, bulk) = (shop.settings.media, shop.settings.bulk);
    let largest = media.file_bytes_max.max(media.bytes_max).max(bulk.bytes_max);
    let largest = media::megabytes(largest);
    let uploads = Semaphore::new(UPLOADS_MEGABYTES_MAX.max(largest.into()) as usize);
    let rest = Rest {
        shop,
        settings,
        public_url,
        retirement,
        drain,
        requests,
        uploads: Arc::new(uploads),
    };
    let api = Router::new()
        .route("/openapi.json", only(get(openapi::serve)))
        .route("/products", only(get(products::products)))
        .route("/products/{product}", only(get(products::product)))
        .route("/checkout", only(post(checkout::check_out)))
        .route("/orders", only(get(orders::read::orders)))
        .route("/orders/{order_id}", only(get(orders::read::order)))
        .route("/orders/{order_id}/refund", only(post(order_refund::refund)))
        .route(
            "/orders/{order_id}/process-payment",
            only(post(orders::process_payment::process_payment)),
        )
        .route(
            "/orders/{order_id}/shipments",
            only(get(shipments::of_order).post(shipments::make)),
        )
        .route("/shipments", only(get(shipments::shipments)))
        .route(
            "/orders/{order_id}/returns",
            only(get(returns::of_order).post(returns::request)),
        )
        .route("/returns", only(get(returns::list)))
        .route("/returns/{return_id}", only(get(returns::read)))
        // The handler counts what it reads.
        .route(
            "/returns/{return_id}/pictures",
            only(put(returns::pictures::receive)).layer(DefaultBodyLimit::disable()),
        )
        .route(
            "/returns/{return_id}/pictures/{picture}",
            only(get(returns::pictures::show)),
        )
        .route("/returns/{return_id}/approve", only(post(returns::approve)))
        .route("/returns/{return_id}/refuse", only(post(returns::refuse)))
        .route("/returns/{return_id}/cancel", only(post(returns::cancel)))
        .route("/returns/{return_id}/receive", only(post(returns::receive)))
        .route("/returns/{return_id}/inspect", only(post(returns::inspect)))
        .route("/returns/{return_id}/refund", only(post(returns::refund)))
        .route("/returns/{return_id}/close", only(post(returns::close)))
        .route("/notifications", only(get(notifications::notifications)))
        .route("/notifications/read", only(post(notifications::mark_read)))
        .route("/inventory", only(get(inventory::inventory)))
        .route("/analytics/orders", only(get(analytics::orders)))
        // The handler counts what it reads.
        .route("/media", only(post(media::add)).layer(DefaultBodyLimit::disable()))
        .route("/media/uploads/{upload}", only(put(media::receive)))
        .route(
            "/bulk-operations",
            only(post(bulk::run)).layer(DefaultBodyLimit::disable()),
        )
        .route("/bulk-operations/{id}/results.jsonl", only(get(bulk::results)))
        .route(
            "/product-imports",
            only(post(imports::start)).layer(DefaultBodyLimit::disable()),
        )
        .route("/exports/{id}/{name}", only(get(exports::open)))
        .route("/documents/{id}/{name}", only(get(documents::open)))
        .route("/documents.zip", only(get(documents::archive)))
        .route("/audit.csv", only(get(audit::export)))
        .route("/payments/ledger.csv", only(get(ledger::export)))
        .route("/payments/{order_id}/capture", only(post(payments::capture)))
        .route("/payments/{order_id}/refund", only(post(payments::refund)))
        .fallback(nothing_here);
    let router = match rest.shop.legacy {
        Some(_) => Router::new().nest("/legacy", legacy::routes()),
        None => Router::new(),
    };
    router
        .nest("/api", api)
        .merge(docs::routes(tokens))
        .route("/problems/{slug}", only(get(page::explain)))
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(middleware::from_fn_with_state(rest.shop.clone(), locality::tell))
        .layer(middleware::from_fn_with_state(rest.clone(), finish_request))
        .with_state(rest)
}

/// Bounds a request's time, and writes its problem if it has one.
async fn finish_request(
    State(rest): State<Rest>,
    Extension(ids): Extension<RequestIds>,
    request: Request,
    next: Next,
) -> Response {
    // The body's own bound comes on top; the longest wait fits into the rest.
    let takes_files = ["/api/media", "/api/bulk-operations"];
    let path = request.uri().path();
    let is_picture = path.starts_with("/api/returns/") && path.ends_with("/pictures");
    let body_timeout = match is_picture || takes_files.iter().any(|prefix| path.starts_with(prefix)) {
        true => media::UPLOAD_TIMEOUT,
        false => rest.settings.body_timeout,
    };
    let limit = body_timeout + rest.settings.request_timeout;
    let locality = locality::of_headers(&rest.shop, request.headers());
    let response = match rest.requests.try_acquire() {
        Ok(_permit) => {
            let answered = tokio::time::timeout(limit, next.run(request)).await;
            answered.unwrap_or_else(|_| {
                let detail = "The request took too long and was ended. Repeat it with the same Idempotency-Key.";
                Problem::new(kind::TIMEOUT, detail).into_response()
            })
        }
        Err(_) => Problem::new(kind::SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE).into_response(),
    };
    let mut response = write_problem(response, &ids.correlation_id, &locality.messages());
    rest.retirement.tell(response.headers_mut());
    response
}

/// Writes the problem of an answer, if it has one.
fn write_problem(mut response: Response, id: &str, language: &Language) -> Response {
    if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
        let (parts, _) = response.into_parts();
        response = (parts.status, parts.headers, Json(problem.body(id, language))).into_response();
        let media = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, media);
    }
    let headers = response.headers_mut();
    // Orders and payments: an answer is true for the moment it was given.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn nothing_here() -> Problem {
    Problem::new(
        kind::NOT_FOUND,
        "There is nothing here. `/api/openapi.json` tells what there is.",
    )
}

/// Refuses a request of this id that came too often, before anything was done with it.
pub fn refuse_limited(limited: RateLimited, id: &str) -> Response {
    // It is said before anybody has looked what they read.
    write_problem(Problem::from(limited).into_response(), id, &Language::of("en", "GB"))
}

fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    log_panic(panic.as_ref());
    fault_problem().into_response()
}

//! `/legacy`: the addresses of the older checkout, for clients that know no others, while a shop moves (docs/moving.md). Whose
//! a cart becomes, the flag `own_checkout` says as it is begun; from then on its id tells, and an order's number.

mod as_sent;
mod carts;
mod forward;
mod orders;

use axum::{
    Router,
    routing::{get, post},
};

use super::{methods::only, state::Rest};

/// Below `/legacy`.
pub(super) fn routes() -> Router<Rest> {
    Router::new()
        .route("/carts", only(post(carts::create)))
        .route("/carts/{id}", only(get(carts::show)))
        .route("/orders", only(post(orders::place)))
        .route("/orders/{number}", only(get(orders::show)))
        .route("/orders/{number}/payment", only(get(orders::payment)))
}

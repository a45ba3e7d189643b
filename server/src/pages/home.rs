//! `GET /` in development: what this is, and where to go.

use axum::{Router, response::Response, routing::get};
use vitrine_commerce::Shop;

use super::html::{escape, page};
use crate::graphql::shop::test_payment_token;

pub fn routes(shop: &Shop) -> Router {
    let (shop, simulated) = (shop.clone(), shop.settings.payment_provider == "simulated");
    Router::new().route("/", get(move || async move { home(&shop.profile().name, simulated) }))
}

fn home(name: &str, simulated: bool) -> Response {
    let links = "\
        <p>This is a shop without a storefront: its API is open, with a catalogue, carts, orders, payments and mails \
        behind it.</p>\
        <table>\
        <tr><td><a href=\"/graphql\">/graphql</a></td><td>The API. In a browser, a page to try it with: its examples \
        are a purchase, step by step.</td></tr>\
        <tr><td><a href=\"/dev/mail\">/dev/mail</a></td><td>The mails that shoppers would get.</td></tr>\
        <tr><td><a href=\"/health\">/health</a></td><td>Whether everything that the shop stands on answers.</td></tr>\
        </table>\
        <p class=\"muted\">The file <code>schema.graphql</code> describes the API, and <code>README.md</code> the \
        rest. Subscriptions are told over a WebSocket at <code>/graphql/ws</code>, or as Server-Sent Events at \
        <code>/graphql</code>.</p>";
    let tokens = if simulated { tokens() } else { String::new() };
    page(name, &format!("{links}{tokens}"))
}

fn tokens() -> String {
    let row = |(token, effect): &(&str, &str)| {
        format!(
            "<tr><td><code>{}</code></td><td>{}</td></tr>",
            escape(token),
            escape(effect)
        )
    };
    let rows: String = test_payment_token::ALL.iter().map(row).collect();
    format!("<h2>Payment tokens</h2><p>The simulated provider takes these for cards.</p><table>{rows}</table>")
}

//! The storefront's pages, and all of their addresses in one place.

mod account;
mod capabilities;
mod cart;
mod checkout;
mod company;
mod credits;
mod draft;
mod feeds;
mod gift_card;
mod home;
mod language;
mod listing;
mod market;
mod order;
mod pages;
mod problem;
mod product;
mod static_files;
mod stop;
mod suggest;
mod withdraw;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};

pub use problem::missing;
pub use product::preview;
pub use stop::{Mails, Stop, stop};

use crate::{public, refusals, shown, site::Site};

/// Those that take pictures: they hold more than other forms.
pub fn uploads(site: &Site) -> Router<Site> {
    let of_pictures = DefaultBodyLimit::max(site.settings().upload_bytes_max);
    let router = Router::new().route(
        "/orders/{id}/returns/{back}/pictures",
        post(order::returns::send_pictures).layer(of_pictures),
    );
    router.layer(middleware::from_fn_with_state(site.clone(), problem::explain))
}

/// All of its addresses.
pub fn routes(site: &Site) -> Router<Site> {
    // What everybody sees alike.
    let public = Router::new()
        .route("/", get(home::show))
        .route("/categories/{slug}", get(listing::category))
        .route("/collections/{slug}", get(listing::collection))
        .route("/search", get(listing::search))
        .route("/search/suggest", get(suggest::show))
        .route("/products/{slug}", get(product::show))
        .route("/pages/{handle}", get(pages::show))
        .route("/feeds/new.atom", get(feeds::new))
        .route("/feeds/products.xml", get(feeds::goods));
    let own = Router::new()
        .route("/products/{slug}/alert", post(product::request_alert))
        .route("/cart", get(cart::show))
        .route("/cart/lines", post(cart::add))
        .route("/cart/update", post(cart::update))
        .route("/cart/remove", post(cart::remove))
        .route("/cart/prices", post(cart::accept))
        .route("/cart/codes", post(cart::add_code))
        .route("/cart/codes/remove", post(cart::remove_code))
        .route("/cart/gift-cards", post(credits::add_gift_card))
        .route("/cart/gift-cards/remove", post(credits::remove_gift_card))
        .route("/cart/store-credit", post(credits::use_store_credit))
        .route("/cart/credits", post(credits::accept_credits))
        .route("/gift-card", get(gift_card::show).post(gift_card::look_up))
        .route("/checkout", get(checkout::begin))
        .route("/checkout/contact", get(checkout::contact).post(checkout::save_contact))
        .route("/checkout/address", get(checkout::address).post(checkout::save_address))
        .route(
            "/checkout/shipping",
            get(checkout::shipping).post(checkout::save_shipping),
        )
        .route("/checkout/billing", get(checkout::billing).post(checkout::save_billing))
        .route("/checkout/extras", get(checkout::extras).post(checkout::save_extras))
        .route("/checkout/payment", get(checkout::payment).post(checkout::place))
        .route("/drafts/{id}", get(draft::show).post(draft::pay))
        .route("/orders/find", get(order::show_find).post(order::find))
        .route("/orders/{id}", get(order::show))
        .route("/orders/{id}/live", get(order::live))
        .route("/orders/{id}/retry", post(order::retry))
        .route("/orders/{id}/cancel", post(order::cancel))
        .route("/orders/{id}/again", post(order::again))
        .route("/orders/{id}/sms", post(order::consent_to_sms))
        .route("/orders/{id}/push", post(order::tell_browser))
        .route("/orders/{id}/push/stop", post(order::leave_browser))
        .route(
            "/orders/{id}/change",
            get(order::change::show).post(order::change::save),
        )
        .route(
            "/orders/{id}/return",
            get(order::returns::show).post(order::returns::request),
        )
        .route("/orders/{id}/returns/{back}/cancel", post(order::returns::cancel))
        .route("/orders/{id}/withdraw", get(withdraw::show_of_order))
        .route("/withdraw", get(withdraw::show).post(withdraw::review))
        .route("/withdraw/confirm", post(withdraw::confirm))
        .route("/language/{language}", get(language::choose))
        .route("/market", get(market::choose))
        .route("/web/{hash}/{*name}", get(static_files::asset))
        .route("/manifest.webmanifest", get(static_files::manifest))
        .route("/push-worker.js", get(static_files::push_worker))
        .route("/robots.txt", get(static_files::robots))
        .route("/favicon.ico", get(static_files::favicon));
    let explain = middleware::from_fn_with_state(site.clone(), problem::explain);
    let public = public
        .layer(explain.clone())
        .layer(middleware::from_fn_with_state(site.clone(), public::keep));
    public.merge(own.merge(of_accounts()).layer(explain))
}

/// What belongs to whoever is signed in, and how they come in.
fn of_accounts() -> Router<Site> {
    Router::new()
        .route("/account", get(account::show))
        .route("/account/login", get(account::show_login).post(account::log_in))
        .route("/account/sign-in/{provider}", get(account::begin_at_provider))
        .route("/account/signed-in", get(account::end_at_provider))
        .route("/account/sign-up", get(account::show_sign_up).post(account::sign_up))
        .route("/account/sign-out", post(account::sign_out))
        .route("/account/language", post(account::save_language))
        .route("/account/password", get(account::password).post(account::save_password))
        .route(
            "/account/messages",
            get(account::messages).post(account::mark_messages_read),
        )
        .route(
            "/account/stock-alerts",
            get(account::alerts).post(account::cancel_alert),
        )
        .route("/account/data", get(account::data))
        .route("/account/data/name", post(account::save_name))
        .route("/account/data/email", post(account::save_email))
        .route("/account/data/marketing", post(account::save_consent))
        .route("/account/data/session", post(account::end_session))
        .route("/account/cards/remove", post(account::remove_card))
        .route("/account/cards/default", post(account::make_card_default))
        .route("/account/addresses/remove", post(account::remove_address))
        .route("/account/addresses/restore", post(account::restore_address))
        .route(
            "/account/addresses/{id}",
            get(account::address).post(account::save_address),
        )
        .route("/account/company", post(company::choose))
        .route("/account/companies/{id}", get(company::show))
        .route("/account/requests/{id}", post(company::answer))
        .route("/account/{link}", get(account::link).post(account::save_link))
}

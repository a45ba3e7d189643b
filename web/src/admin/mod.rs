//! `/admin`: the dashboard, for those who work here. A page is a folder, as in the storefront; what it shows and does, any
//! program of the shop's could ask the API for as the same member of staff.

mod approvals;
mod asked;
mod attributes;
mod audit;
mod catalog;
mod catalogs;
mod categories;
mod choices;
mod collection;
mod collections;
mod companies;
mod company;
mod content;
mod content_page;
mod count;
mod countries;
mod counts;
mod customer;
mod customer_group;
mod customer_groups;
mod customers;
mod deed;
mod discount;
mod discount_codes;
mod discount_report;
mod discounts;
mod document_settings;
mod documents;
mod draft;
mod drafts;
mod exports;
mod find;
mod flag;
mod flags;
mod gift_card;
mod gift_cards;
mod goods;
mod home;
mod import;
mod imported_orders;
mod imports;
mod jobs;
mod ledger;
mod legacy_orders;
mod level;
mod listed;
mod locations;
mod markets;
mod me;
mod menu;
mod moves;
mod order;
mod order_edit;
mod order_return;
mod orders;
mod packing;
mod parcels;
mod payments;
mod picture_failures;
mod prices;
mod problem;
mod product;
mod products;
mod returns;
mod returns_policy;
mod search_rules;
mod searches;
mod settings;
mod shipping;
mod sign_in;
mod staff;
mod stock;
mod synonyms;
mod taxes;
mod team;
mod transfer;
mod transfers;
mod translation;
mod translations;
mod typed;
mod variant;
mod webhook;
mod webhooks;
mod withdrawal;
mod withdrawals;
mod written;
mod zone;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post},
};

use crate::site::Site;

/// Those that take pictures, or other files.
pub fn uploads(site: &Site) -> Router<Site> {
    let of_pictures = DefaultBodyLimit::max(site.settings().upload_bytes_max);
    let of_files = DefaultBodyLimit::max(site.settings().file_bytes_max);
    let router = Router::new()
        .route(
            "/admin/products/{id}/pictures",
            post(product::upload).layer(of_pictures),
        )
        .route("/admin/variants/{id}/files", post(variant::upload).layer(of_files))
        .route("/admin/imports/file", post(imports::upload).layer(of_files))
        .route(
            "/admin/exports/translations",
            get(translations::download)
                .post(translations::upload)
                .layer(of_pictures),
        );
    router.layer(middleware::from_fn_with_state(site.clone(), problem::explain))
}

/// All other pages, for whoever mounts them.
pub fn routes(site: &Site) -> Router<Site> {
    let rooms = [desk(), goods(), customers(), running(), shop()];
    let router = rooms.into_iter().fold(Router::new(), Router::merge);
    let router = router.route("/admin/{*rest}", any(problem::nothing));
    router.layer(middleware::from_fn_with_state(site.clone(), problem::explain))
}

/// Home, who is there, and orders.
fn desk() -> Router<Site> {
    Router::new()
        .route("/admin", get(home::show))
        .route("/admin/tour", post(home::dismiss))
        .route("/admin/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/admin/sign-in/{provider}", get(sign_in::begin_at_provider))
        .route(
            "/admin/signed-in",
            get(sign_in::end_at_provider).post(sign_in::prove_after_provider),
        )
        .route("/admin/sign-out", post(sign_in::sign_out))
        .route("/admin/find", get(find::show))
        .route("/admin/goods", get(goods::show))
        .route("/admin/orders", get(orders::show))
        .route("/admin/orders/{id}", get(order::show))
        .route("/admin/orders/{id}/live", get(order::live))
        .route("/admin/orders/{id}/edit", get(order_edit::show).post(order_edit::act))
        .route("/admin/orders/{id}/{deed}", post(order::act))
        .route("/admin/approvals", get(approvals::show))
        .route("/admin/drafts", get(drafts::show).post(drafts::create))
        .route("/admin/drafts/restore", post(drafts::restore))
        .route("/admin/drafts/{id}", get(draft::show))
        .route("/admin/drafts/{id}/{deed}", post(draft::act))
        .route("/admin/imported-orders", get(imported_orders::show))
        .route("/admin/legacy-orders", get(legacy_orders::show))
        .route("/admin/legacy-orders/{deed}", post(legacy_orders::act))
        .route("/admin/parcels", get(parcels::show))
        .route("/admin/parcels/{id}/packing", get(packing::show))
        .route("/admin/returns", get(returns::show))
        .route("/admin/returns/{id}", get(order_return::show))
        .route("/admin/returns/{id}/{deed}", post(order_return::act))
        .route("/admin/withdrawals", get(withdrawals::show))
        .route("/admin/withdrawals/{id}", get(withdrawal::show))
        .route("/admin/withdrawals/{id}/{deed}", post(withdrawal::act))
}

/// What is sold, and what lies in stock.
fn goods() -> Router<Site> {
    Router::new()
        .route("/admin/products", get(products::show))
        .route("/admin/products/new", get(products::show_new).post(products::create))
        .route("/admin/products/several", post(products::change_several))
        .route("/admin/products/{id}", get(product::show))
        .route("/admin/products/{id}/preview", get(product::preview))
        .route("/admin/products/{id}/row/{what}", post(products::change))
        .route("/admin/products/{id}/{deed}", post(product::act))
        .route("/admin/variants/{id}", get(variant::show))
        .route("/admin/variants/{id}/{deed}", post(variant::act))
        .route("/admin/prices/{id}", get(prices::show))
        .route("/admin/prices/{id}/{deed}", post(prices::act))
        .route("/admin/categories", get(categories::show))
        .route("/admin/categories/{deed}", post(categories::act))
        .route("/admin/collections", get(collections::show).post(collections::create))
        .route("/admin/collections/{id}", get(collection::show))
        .route("/admin/collections/{id}/{deed}", post(collection::act))
        .route("/admin/stock", get(stock::show))
        .route("/admin/stock/{id}", get(level::show).post(level::adjust))
        .route("/admin/counts", get(counts::show).post(counts::begin))
        .route("/admin/counts/{id}", get(count::show))
        .route("/admin/counts/{id}/{deed}", post(count::act))
        .route("/admin/transfers", get(transfers::show).post(transfers::create))
        .route("/admin/transfers/{id}", get(transfer::show))
        .route("/admin/transfers/{id}/{deed}", post(transfer::act))
}

/// Who buys, and for how much less.
fn customers() -> Router<Site> {
    Router::new()
        .route("/admin/gift-cards", get(gift_cards::show).post(gift_cards::create))
        .route("/admin/gift-cards/{id}", get(gift_card::show))
        .route("/admin/gift-cards/{id}/{deed}", post(gift_card::act))
        .route("/admin/customers", get(customers::show))
        .route(
            "/admin/customers/groups",
            get(customer_groups::show).post(customer_groups::create),
        )
        .route("/admin/customers/groups/restore", post(customer_groups::restore))
        .route("/admin/customers/groups/{id}", get(customer_group::show))
        .route("/admin/customers/groups/{id}/{deed}", post(customer_group::act))
        .route(
            "/admin/customers/companies",
            get(companies::show).post(companies::create),
        )
        .route("/admin/customers/companies/restore", post(companies::restore))
        .route("/admin/customers/companies/{id}", get(company::show))
        .route("/admin/customers/companies/{id}/{deed}", post(company::act))
        .route("/admin/catalogs", get(catalogs::show).post(catalogs::create))
        .route("/admin/catalogs/restore", post(catalogs::restore))
        .route("/admin/catalogs/{id}", get(catalog::show))
        .route("/admin/catalogs/{id}/prices.csv", get(catalog::table))
        .route("/admin/catalogs/{id}/{deed}", post(catalog::act))
        .route("/admin/customers/{id}", get(customer::show))
        .route("/admin/customers/{id}/{deed}", post(customer::act))
        .route("/admin/discounts", get(discounts::show).post(discounts::create))
        .route("/admin/discounts/new", get(discounts::show_new))
        .route(
            "/admin/discounts/report",
            get(discount_report::show).post(discount_report::export),
        )
        .route("/admin/discounts/{id}", get(discount::show))
        .route("/admin/discounts/{id}/codes", get(discount_codes::show))
        .route("/admin/discounts/{id}/codes/{deed}", post(discount_codes::act))
        .route("/admin/discounts/{id}/{deed}", post(discount::act))
}

/// What goes on in the background.
fn running() -> Router<Site> {
    Router::new()
        .route("/admin/payments", get(payments::show))
        .route("/admin/payments/ledger", get(ledger::show))
        .route("/admin/payments/{deed}", post(payments::act))
        .route(
            "/admin/products/pictures",
            get(picture_failures::show).post(picture_failures::retry),
        )
        .route("/admin/searches", get(searches::show))
        .route("/admin/searches/synonyms", get(synonyms::show))
        .route("/admin/searches/synonyms/{deed}", post(synonyms::act))
        .route("/admin/searches/rules", get(search_rules::show))
        .route("/admin/searches/rules/{deed}", post(search_rules::act))
        .route("/admin/exports", get(exports::show))
        .route("/admin/exports/{deed}", post(exports::act))
        .route("/admin/imports", get(imports::show))
        .route("/admin/imports/{id}", get(import::show))
        .route("/admin/imports/{id}/live", get(import::live))
        .route("/admin/imports/{id}/{deed}", post(import::act))
        .route("/admin/jobs", get(jobs::show).post(jobs::revive))
        .route("/admin/webhooks", get(webhooks::show).post(webhooks::create))
        .route("/admin/webhooks/restore", post(webhooks::restore))
        .route("/admin/webhooks/{id}", get(webhook::show))
        .route("/admin/webhooks/{id}/{deed}", post(webhook::act))
}

/// What the shop is, says, and who works there.
fn shop() -> Router<Site> {
    Router::new()
        .route("/admin/content", get(content::show).post(content::create))
        .route("/admin/content/{id}", get(content_page::show))
        .route("/admin/content/{id}/{deed}", post(content_page::act))
        .route("/admin/menus", post(menu::create))
        .route("/admin/menus/{handle}", get(menu::show))
        .route("/admin/menus/{handle}/{deed}", post(menu::act))
        .route("/admin/translations", get(translations::show))
        .route(
            "/admin/translations/{id}",
            get(translation::show).post(translation::save),
        )
        .route("/admin/settings", get(settings::show))
        .route("/admin/settings/{deed}", post(settings::act))
        .route("/admin/settings/shipping", get(shipping::show).post(shipping::create))
        .route("/admin/settings/shipping/{id}", get(zone::show).post(shipping::act))
        .route("/admin/settings/shipping/{id}/{deed}", post(zone::act))
        .route("/admin/settings/markets", get(markets::show))
        .route("/admin/settings/markets/{deed}", post(markets::act))
        .route("/admin/settings/flags", get(flags::show).post(flags::create))
        .route("/admin/settings/flags/restore", post(flags::restore))
        .route("/admin/settings/flags/{name}", get(flag::show))
        .route("/admin/settings/flags/{name}/{deed}", post(flag::act))
        .route("/admin/settings/taxes", get(taxes::show))
        .route("/admin/settings/taxes/{deed}", post(taxes::act))
        .route("/admin/documents", get(documents::show))
        .route(
            "/admin/settings/documents",
            get(document_settings::show).post(document_settings::act),
        )
        .route("/admin/settings/edits", post(returns_policy::edits::save))
        .route(
            "/admin/settings/returns",
            get(returns_policy::show).post(returns_policy::save),
        )
        .route("/admin/settings/locations", get(locations::show))
        .route("/admin/settings/locations/{deed}", post(locations::act))
        .route("/admin/me", get(me::show))
        .route("/admin/me/{deed}", post(me::act))
        .route("/admin/team", get(team::show))
        .route("/admin/team/{deed}", post(team::act))
        .route("/admin/audit", get(audit::show))
}

//! Which pages there are: read where the routers name them, so that none is forgotten that is new.

use std::path::Path;

/// What answers a browser at an address, and is no page.
const NO_PAGES: [&str; 21] = [
    // They lead on.
    "/checkout",
    "/language/{language}",
    "/admin/{*rest}",
    "/admin/exports/translations",
    "/admin/catalogs/{id}/prices.csv",
    // Parts of pages, and what they listen to.
    "/search/suggest",
    "/admin/goods",
    "/orders/{id}/live",
    "/admin/orders/{id}/live",
    "/admin/imports/{id}/live",
    // What programs and browsers read.
    "/feeds/new.atom",
    "/feeds/products.xml",
    "/web/{hash}/{*name}",
    "/manifest.webmanifest",
    "/push-worker.js",
    "/robots.txt",
    "/favicon.ico",
    // Where a browser is sent when it comes back from whoever says who somebody is.
    "/account/sign-in/{provider}",
    "/account/signed-in",
    "/admin/sign-in/{provider}",
    "/admin/signed-in",
];

/// The addresses of a router's pages, as in `/products/{slug}`.
///
/// # Panics
/// When it cannot be read.
pub fn of_router(file: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let source = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let routes = source.split(".route(").skip(1).filter(|route| route.contains("get("));
    let addresses = routes.filter_map(|route| route.split('"').nth(1));
    let pages = addresses.filter(|address| !NO_PAGES.contains(address));
    pages.map(str::to_owned).collect()
}

/// Which of the addresses a path is of: where several fit, the one with fewest gaps, as routers choose.
pub fn kind_of<'a>(addresses: &'a [String], path: &str) -> Option<&'a str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let fitting = addresses.iter().filter(|address| fits(address, path));
    let kind = fitting.min_by_key(|address| address.matches('{').count());
    kind.map(String::as_str)
}

fn fits(address: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (address.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given || wanted.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

#[test]
fn an_address_is_of_the_kind_that_a_router_would_choose() {
    let storefront = of_router("web/src/storefront/mod.rs");
    let kind = |path| kind_of(&storefront, path);
    assert_eq!(kind("/products/alba-dome-lamp?Colour=Sage"), Some("/products/{slug}"));
    assert_eq!(kind("/account/password"), Some("/account/password"));
    assert_eq!(kind("/account/confirm"), Some("/account/{link}"));
    assert_eq!(kind("/checkout/shipping"), Some("/checkout/shipping"));
    assert_eq!(kind("/cart/lines"), None, "it takes forms alone");
    assert_eq!(kind("/robots.txt"), None);
}

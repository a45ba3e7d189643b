//! `/products/{slug}`: one product. Its options are links, so that each variant has an address and needs no script.

mod alert;
mod options;
mod structured;

use axum::extract::Path;
use minijinja::context;

pub use alert::request as request_alert;

use super::{
    capabilities,
    shown::{Crumb, encoded, value},
};
use crate::{
    answer::{Answer, moved},
    documents::{
        ProductPage,
        product_page::{Picture, ProductPageProduct, ProductPageShop, ResponseData, Variables},
    },
    problem::Problem,
    visit::Visit,
};

/// As search engines show it.
const DESCRIPTION_LETTERS_MAX: usize = 160;

/// Where a page of a product stands.
struct Place<'a> {
    /// What its options' links begin with.
    path: &'a str,
    /// Where staff edit it, who see it before anybody can buy it.
    editor: Option<&'a str>,
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Answer {
    let data = find(&visit, &slug).await?;
    let product = data.product.as_ref().ok_or(Problem::NotFound)?;
    let path = format!("/products/{}", encoded(&product.slug));
    if product.slug != slug {
        // What it is called in another language leads on as long as this one is read.
        let is_alternate = product.alternates.iter().any(|alternate| alternate.slug == slug);
        return Ok(if is_alternate { visit.go(&path) } else { moved(&path) });
    }
    let place = Place {
        path: &path,
        editor: None,
    };
    page(visit, product, &data.shop, &place).await
}

/// As a member of staff sees it at `editor`: nothing can be bought there.
pub async fn preview(visit: Visit, slug: String, editor: &str) -> Answer {
    let data = find(&visit, &slug).await?;
    let product = data.product.as_ref().ok_or(Problem::NotFound)?;
    let path = format!("{editor}/preview");
    let place = Place {
        path: &path,
        editor: Some(editor),
    };
    page(visit, product, &data.shop, &place).await
}

async fn find(visit: &Visit, slug: &str) -> Result<ResponseData, Problem> {
    let country = visit.frame().await?.shop.context.country;
    let slug = slug.to_owned();
    visit.ask(ProductPage, Variables { slug, country }).await
}

async fn page(visit: Visit, product: &ProductPageProduct, shop: &ProductPageShop, place: &Place<'_>) -> Answer {
    let query = visit.uri.query().unwrap_or_default();
    let wished: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().take(20).collect();
    let chosen = options::choose(product, &wished);
    let is_gone = place.editor.is_none() && chosen.is_some_and(|variant| !variant.available_for_sale);
    let can_ask = is_gone && capabilities::has_stock_alerts(&visit).await?;
    let crumbs = crumbs(product);
    let public_url = &visit.site.settings().public_url;
    let shown = context! {
        options => value(&options::links(place.path, product, chosen)),
        chosen => value(&chosen),
        can_ask,
        pictures => value(&pictures(product, chosen.and_then(|variant| variant.picture.as_ref()))),
        structured => value(&structured::product(public_url, product, &crumbs)),
        crumbs => value(&crumbs),
        details => value(&details(product)),
        description => description(product),
        product => value(product),
        shop => value(shop),
        editor => place.editor,
        // Of its variants, search engines need one address; of its languages, each.
        is_indexed => wished.iter().all(|(name, _)| name == "language") && place.editor.is_none(),
    };
    visit.show("storefront/product/page.html", shown).await
}

fn crumbs(product: &ProductPageProduct) -> Vec<Crumb> {
    let Some(category) = &product.category else {
        return Vec::new();
    };
    let above = category.ancestors.iter();
    let above = above.map(|above| Crumb::category(&above.name, &above.slug));
    above.chain([Crumb::category(&category.name, &category.slug)]).collect()
}

/// The chosen variant's first.
fn pictures<'a>(product: &'a ProductPageProduct, first: Option<&'a Picture>) -> Vec<&'a Picture> {
    let others = product.pictures.iter();
    let others = others.filter(|picture| first.is_none_or(|first| first.url != picture.url));
    first.into_iter().chain(others).collect()
}

/// Of an attribute that has several, the values together.
fn details(product: &ProductPageProduct) -> Vec<(&str, String)> {
    let mut details: Vec<(&str, String)> = Vec::new();
    for attribute in &product.attributes {
        match details.iter_mut().find(|(name, _)| *name == attribute.name) {
            Some((_, values)) => *values = format!("{values}, {}", attribute.value),
            None => details.push((&attribute.name, attribute.value.clone())),
        }
    }
    details
}

fn description(product: &ProductPageProduct) -> String {
    let text = product.seo.description.as_ref().unwrap_or(&product.description);
    let text: Vec<&str> = text.split_whitespace().collect();
    text.join(" ").chars().take(DESCRIPTION_LETTERS_MAX).collect()
}

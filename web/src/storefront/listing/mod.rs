//! `/categories/{slug}`, `/collections/{slug}` and `/search`: products in a list that is filtered, sorted and paged by its
//! address.

mod asked;
mod facets;

use axum::extract::Path;
use minijinja::context;

use super::shown::{Crumb, breadcrumb_list, value};
use crate::{
    answer::Answer,
    documents::{
        Listing,
        listing::{ListingCategory, ResponseData, Variables},
    },
    problem::Problem,
    shown::encoded,
    visit::Visit,
};
use asked::{Asked, SORTS};

/// How many products a page has.
const ROWS: i64 = 24;

/// Within which the list lies.
#[derive(Clone, Copy)]
enum Place<'a> {
    Category(&'a str),
    Collection(&'a str),
    Everything,
}

/// What stands above the list.
struct Head {
    heading: String,
    lead: String,
    description: String,
    crumbs: Vec<Crumb>,
}

pub async fn category(visit: Visit, Path(slug): Path<String>) -> Answer {
    show(visit, Place::Category(&slug)).await
}

pub async fn collection(visit: Visit, Path(slug): Path<String>) -> Answer {
    show(visit, Place::Collection(&slug)).await
}

pub async fn search(visit: Visit) -> Answer {
    show(visit, Place::Everything).await
}

async fn show(visit: Visit, place: Place<'_>) -> Answer {
    let asked = Asked::read(visit.uri.query().unwrap_or_default());
    let data = visit.ask(Listing, variables(&asked, place)).await?;
    let head = head(&visit, &asked, place, &data).ok_or(Problem::NotFound)?;
    let path = visit.uri.path().to_owned();
    if let Some(path) = called_otherwise(&data, place) {
        return Ok(visit.go(&path));
    }
    let found = data.product_search.as_ref().ok_or(match asked.is_paged() {
        // A cursor that is none of this list's.
        true => Problem::NotFound,
        false => Problem::Overloaded,
    })?;
    let info = &found.page_info;
    let next = info.end_cursor.as_deref().filter(|_| info.has_next_page);
    let previous = info.start_cursor.as_deref().filter(|_| info.has_previous_page);
    let children = data.category.as_ref().map(|category| &category.children);
    let (alternates, room) = alternates(&data);
    let shown = context! {
        facets => value(&facets::links(&visit, &asked, place_facet(place), &found.facets)),
        nodes => value(&found.nodes),
        total => found.total_count,
        children => value(&children),
        breadcrumb_list => value(&breadcrumb_list(&visit.site.settings().public_url, &head.crumbs)),
        crumbs => value(&head.crumbs),
        alternates,
        room,
        heading => head.heading,
        lead => head.lead,
        description => head.description,
        search_query => asked.query().unwrap_or_default(),
        is_filtered => asked.filters() > 0,
        filters => asked.filters(),
        unfiltered => asked.without_filters(&path),
        kept => value(&asked.kept_without(&["min", "max"])),
        sort_kept => value(&asked.kept_without(&["sort"])),
        min => asked.first("min").unwrap_or_default(),
        max => asked.first("max").unwrap_or_default(),
        sort => asked.sort_name(),
        sorts => SORTS.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        next_page => next.map(|cursor| asked.with_page(&path, "after", cursor)),
        previous_page => previous.map(|cursor| asked.with_page(&path, "before", cursor)),
        first_page => info.has_previous_page.then(|| asked.first_page(&path)),
        // Of a list, search engines need one address.
        is_indexed => asked.is_plain() && !matches!(place, Place::Everything),
    };
    visit.show("storefront/listing/page.html", shown).await
}

fn variables(asked: &Asked, place: Place<'_>) -> Variables {
    let mut filter = asked.filter();
    let (category, collection) = match place {
        Place::Category(slug) => (slug, ""),
        Place::Collection(slug) => ("", slug),
        Place::Everything => ("", ""),
    };
    if !category.is_empty() {
        filter.categories = Some(vec![category.to_owned()]);
    }
    if !collection.is_empty() {
        filter.collections = Some(vec![collection.to_owned()]);
    }
    let before = asked.first("before").map(str::to_owned);
    Variables {
        query: asked.query(),
        where_: Some(filter),
        sort: asked.sort(),
        first: before.is_none().then_some(ROWS),
        after: asked.first("after").filter(|_| before.is_none()).map(str::to_owned),
        last: before.is_some().then_some(ROWS),
        before,
        category: category.to_owned(),
        is_category: !category.is_empty(),
        collection: collection.to_owned(),
        is_collection: !collection.is_empty(),
    }
}

/// What it is called in each language, and where that stands in an address.
fn alternates(data: &ResponseData) -> (minijinja::Value, &'static str) {
    match (&data.category, &data.collection) {
        (Some(category), _) => (value(&category.alternates), "/categories/"),
        (_, Some(collection)) => (value(&collection.alternates), "/collections/"),
        _ => (value(&[(); 0]), ""),
    }
}

/// The address in the language that is read, where the place was named as another language calls it.
fn called_otherwise(data: &ResponseData, place: Place<'_>) -> Option<String> {
    match (place, &data.category, &data.collection) {
        (Place::Category(slug), Some(category), _) => {
            let is_alternate = category.alternates.iter().any(|alternate| alternate.slug == slug);
            (category.slug != slug && is_alternate).then(|| format!("/categories/{}", encoded(&category.slug)))
        }
        (Place::Collection(slug), _, Some(collection)) => {
            let is_alternate = collection.alternates.iter().any(|alternate| alternate.slug == slug);
            (collection.slug != slug && is_alternate).then(|| format!("/collections/{}", encoded(&collection.slug)))
        }
        _ => None,
    }
}

/// The facet that the place is itself.
fn place_facet(place: Place<'_>) -> &'static str {
    match place {
        Place::Category(_) => "category",
        Place::Collection(_) => "collection",
        Place::Everything => "",
    }
}

fn head(visit: &Visit, asked: &Asked, place: Place<'_>, data: &ResponseData) -> Option<Head> {
    match place {
        Place::Category(_) => data.category.as_ref().map(of_category),
        Place::Collection(slug) => data.collection.as_ref().map(|collection| Head {
            heading: collection.title.clone(),
            lead: collection.description.clone(),
            description: collection.seo.description.clone().unwrap_or_default(),
            crumbs: vec![Crumb {
                name: collection.title.clone(),
                href: format!("/collections/{slug}"),
            }],
        }),
        Place::Everything => {
            let heading = match asked.query() {
                Some(query) => visit.say("search.results").replace("{q}", &query),
                None => visit.say("search.everything"),
            };
            Some(Head {
                heading,
                lead: String::new(),
                description: String::new(),
                crumbs: vec![Crumb {
                    name: visit.say("search.title"),
                    href: "/search".to_owned(),
                }],
            })
        }
    }
}

fn of_category(category: &ListingCategory) -> Head {
    let above = category.ancestors.iter();
    let mut crumbs: Vec<_> = above.map(|above| Crumb::category(&above.name, &above.slug)).collect();
    crumbs.push(Crumb::category(&category.name, &category.slug));
    Head {
        heading: category.name.clone(),
        lead: category.description.clone(),
        description: category.seo.description.clone().unwrap_or_default(),
        crumbs,
    }
}

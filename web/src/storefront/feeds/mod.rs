//! `/feeds/…`: what other programs read of the shop: what is new, for readers of news, and all goods, for those that compare
//! prices.

mod item;

use minijinja::context;

use crate::{
    answer::Answer,
    documents::{FeedGoods, FeedNew, feed_goods, feed_new},
    problem::Problem,
    storefront::shown::value,
    visit::{Form, Visit},
};

/// Products that are asked for at once.
const ROWS: i64 = 50;

/// How often, for one file: it says where the next one is.
const PAGES_MAX: usize = 10;

/// Of a shop that has nothing yet.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// `GET /feeds/new.atom`: the newest products, as Atom (RFC 4287).
pub async fn new(visit: Visit) -> Answer {
    let data = visit.ask(FeedNew, feed_new::Variables {}).await?;
    let products = data.products.map(|products| products.nodes).unwrap_or_default();
    let updated = products.iter().map(|product| product.updated_at.as_str()).max();
    let shown = context! {
        shop => value(&data.shop),
        updated => updated.unwrap_or(NEVER),
        products => value(&products),
    };
    visit.show_xml("storefront/feeds/new.xml", "application/atom+xml; charset=utf-8", shown)
}

/// `GET /feeds/products.xml`: all that is sold, a variant an item, as Google's merchants send it (RSS 2.0).
pub async fn goods(visit: Visit) -> Answer {
    let mut after = Form::from(visit.uri.query().unwrap_or_default()).some("after");
    let (mut items, mut shop) = (Vec::new(), None);
    // A cursor that is none of this list's.
    let missing = after.as_ref().map_or(Problem::Overloaded, |_| Problem::NotFound);
    for _ in 0..PAGES_MAX {
        let variables = feed_goods::Variables { first: ROWS, after };
        let data = visit.ask(FeedGoods, variables).await?;
        let products = data.products.ok_or(missing)?;
        items.extend(products.nodes.iter().flat_map(item::of));
        shop = Some(data.shop);
        let info = products.page_info;
        after = info.end_cursor.filter(|_| info.has_next_page);
        if after.is_none() {
            break;
        }
    }
    let shown = context! { shop => value(&shop), items => value(&items), next => after };
    visit.show_xml(
        "storefront/feeds/goods.xml",
        "application/rss+xml; charset=utf-8",
        shown,
    )
}

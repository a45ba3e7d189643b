//! Which queries may be answered with what a replica of the database shows: late by no more than the configuration allows.
//!
//! Of a query each field at its top has to be one that may be: those that are public, and lists of staff about what has been.
//! Carts, orders, returns, payments and jobs are not among them, nor is whatever tells what somebody may do. Which statements
//! of them go to a replica the statements' own tables say (`vitrine_commerce::shown`).

use async_graphql::Response;
use axum::http::{HeaderMap, header};
use futures::{FutureExt, future::BoxFuture};
use uuid::Uuid;
use vitrine_commerce::{Context, Shop, reader::Reader};
use vitrine_edge::Late;

use super::fields::is_public;

/// Lists of staff, besides what is public.
const LISTS: [&str; 8] = [
    "auditLog",
    "customers",
    "orderAnalytics",
    "paymentEntries",
    "searchTerms",
    "stockEntries",
    "translatables",
    "translationProgress",
];

/// Of one caller.
pub struct LateReads {
    reader: Reader,
    who: Option<Uuid>,
}

/// Nothing, where the shop's database has no replicas, or the caller does not want what is late (`Cache-Control: no-cache`).
pub fn late(shop: &Shop, context: &Context, sent: &HeaderMap) -> Option<LateReads> {
    shop.db.replicas()?;
    (!wants_what_is_now(sent)).then(|| LateReads {
        reader: shop.db.clone(),
        who: context.viewer.id(),
    })
}

/// Whether whoever sent these headers wants what is now, and not what may be late.
pub fn wants_what_is_now(sent: &HeaderMap) -> bool {
    let values = sent.get_all(header::CACHE_CONTROL).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    let mut directives = texts.flat_map(|text| text.split(','));
    directives.any(|directive| directive.trim().eq_ignore_ascii_case("no-cache"))
}

fn may_be_late(field: &str) -> bool {
    field == "__typename" || is_public("Query", field) || LISTS.contains(&field)
}

impl Late for LateReads {
    fn may_be(&self, fields: &[String]) -> bool {
        fields.iter().all(|field| may_be_late(field))
    }

    fn read<'a>(&self, work: BoxFuture<'a, Response>) -> BoxFuture<'a, Response> {
        let (reader, who) = (self.reader.clone(), self.who);
        async move { reader.late(who, work).await }.boxed()
    }
}

#[cfg(test)]
mod tests {
    use apollo_compiler::Schema;
    use axum::http::HeaderValue;

    use super::*;
    use crate::graphql::schema;

    #[test]
    fn what_is_shown_and_what_has_been_may_be_late_and_nothing_else() {
        let schema = Schema::parse_and_validate(schema::sdl(), "schema.graphql").expect("a schema");
        let query = schema.get_object("Query").expect("queries");
        for list in LISTS {
            assert!(query.fields.contains_key(list), "{list} is no field");
        }
        let may_be = |fields: &[&str]| fields.iter().all(|field| may_be_late(field));
        assert!(may_be(&["product", "__typename", "productSearch", "shop"]) && may_be(&["customers"]));
        for now in [
            "cart",
            "order",
            "orders",
            "viewer",
            "staffViewer",
            "node",
            "jobs",
            "payments",
        ] {
            assert!(!may_be(&["product", now]), "{now}");
        }
    }

    #[test]
    fn whoever_wants_what_is_now_says_so() {
        let of = |value| HeaderMap::from_iter([(header::CACHE_CONTROL, HeaderValue::from_static(value))]);
        assert!(wants_what_is_now(&of("no-cache")) && wants_what_is_now(&of("max-age=0, No-Cache")));
        assert!(!wants_what_is_now(&of("max-age=0")) && !wants_what_is_now(&HeaderMap::new()));
    }
}

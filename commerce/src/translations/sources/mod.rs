//! The texts of things in the shop's own language, that can be translated.

mod names;
mod rows;

use std::collections::{BTreeMap, HashMap};

use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

pub(super) use self::names::{attributes, options, taxes};
use super::{
    form::Form,
    thing::{Kind, Thing},
};
use crate::{Result, Shop};

/// Of one line: titles, names, values.
pub(super) const LINE: Form = Form::Line(255);
const PARAGRAPH: Form = Form::Paragraph(5_000);
const HTML: Form = Form::Html(200_000);

/// A text of a thing as it stands in its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub field: String,
    pub form: Form,
    pub text: String,
}

/// What a source text is told apart by: whoever translates sends it along, and is refused where it has changed meanwhile.
pub fn digest(source: &str) -> String {
    let bytes = Sha256::digest(source.as_bytes());
    bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The texts of things, what they are called first. A thing that is not there has none.
pub(super) async fn sources(
    shop: &Shop,
    db: &impl ConnectionTrait,
    things: &[Thing],
) -> Result<HashMap<Thing, Vec<Source>>> {
    let mut of_kinds: BTreeMap<Kind, Vec<Thing>> = BTreeMap::new();
    for thing in things {
        of_kinds.entry(thing.kind()).or_default().push(thing.clone());
    }
    let mut found = HashMap::new();
    for (kind, things) in of_kinds {
        let ids: Vec<_> = things.iter().filter_map(Thing::id).collect();
        match kind {
            Kind::Product => rows::products(db, ids, &mut found).await?,
            Kind::Picture => rows::pictures(db, ids, &mut found).await?,
            Kind::Video => rows::videos(db, ids, &mut found).await?,
            Kind::Category => rows::categories(db, ids, &mut found).await?,
            Kind::Collection => rows::collections(db, ids, &mut found).await?,
            Kind::Page => rows::pages(db, ids, &mut found).await?,
            Kind::Menu => rows::menus(db, ids, &mut found).await?,
            Kind::ShippingMethod => rows::shipping_methods(db, ids, &mut found).await?,
            Kind::Location => rows::locations(db, ids, &mut found).await?,
            Kind::Discount => rows::discounts(db, ids, &mut found).await?,
            Kind::Option => names::of_options(db, things, &mut found).await?,
            Kind::Attribute => names::of_attributes(db, things, &mut found).await?,
            Kind::PaymentMethod => names::of_payment_methods(shop, things, &mut found),
            Kind::Tax => names::of_taxes(db, things, &mut found).await?,
        }
    }
    Ok(found)
}

/// Gathers the texts of a thing that say something.
struct Texts(Vec<Source>);

impl Texts {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn add(mut self, field: impl Into<String>, form: Form, text: impl Into<Option<String>>) -> Self {
        if let Some(text) = text.into().filter(|text| !text.trim().is_empty()) {
            let field = field.into();
            self.0.push(Source { field, form, text });
        }
        self
    }
}

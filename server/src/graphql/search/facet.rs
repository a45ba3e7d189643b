use async_graphql::{Context, Enum, Json, SimpleObject};
use vitrine_commerce::ports::search;

use crate::graphql::{
    product::filter::ProductWhere,
    shared::{Result, words},
};

/// Which property of products a facet counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum FacetKind {
    /// The category, and all that it lies in.
    Category,
    /// A collection that holds it.
    Collection,
    /// Who makes it.
    Vendor,
    /// A word that staff gave it.
    Tag,
    /// A named attribute or option: see the facet's `name`.
    Attribute,
    /// Whether it can be bought now.
    InStock,
}

/// The values of one property among everything that was found, most frequent first.
#[derive(Debug, SimpleObject)]
pub struct Facet {
    /// Which property.
    pub kind: FacetKind,
    /// The property's name as filters take it: the attribute's own, as in `Material`, or the kind's.
    pub name: String,
    /// The property's name as shoppers read it, in the language asked for.
    pub label: String,
    /// Its values, at most 100.
    pub values: Vec<FacetValue>,
}

/// One value of a property, and how many products have it.
#[derive(Debug, SimpleObject)]
pub struct FacetValue {
    /// The value as filters take it: a category's or a collection's slug, `true`, `Oak`.
    pub value: String,
    /// The value as shoppers read it: a category's name, a collection's title.
    pub label: String,
    /// How many of the products found have it.
    pub count: i32,
    /// Whether the search is restricted to it now.
    pub selected: bool,
    /// Send this as `where` to search again with this value selected or, if it is selected,
    /// released. Everything else that the search was restricted by is in it.
    #[graphql(name = "where")]
    pub filter: Json<serde_json::Value>,
}

impl Facet {
    /// Names an attribute or an option and its values in the language asked for: both are words that products share.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn translate(&mut self, ctx: &Context<'_>) -> Result<()> {
        if self.kind != FacetKind::Attribute || words::are_own(ctx) {
            return Ok(());
        }
        let own: Vec<_> = self.values.iter().map(|value| value.label.clone()).collect();
        let of_option = words::option(ctx, &self.name, &own).await?;
        let of_attribute = words::attribute(ctx, &self.name, &own).await?;
        let shown = |own: &str, first: String, second: String| if second == own { first } else { second };
        for (value, (first, second)) in self.values.iter_mut().zip(of_option.1.into_iter().zip(of_attribute.1)) {
            value.label = shown(&value.label, first, second);
        }
        self.label = shown(&self.name, of_option.0, of_attribute.0);
        Ok(())
    }

    /// Shows what the search engine counted, as ways to go on from `present`. `label` names a
    /// category or a collection by its slug.
    pub fn show(
        facet: search::Facet,
        present: &ProductWhere,
        label: impl Fn(FacetKind, &str) -> Option<String>,
    ) -> Self {
        let (kind, name) = match &facet.kind {
            search::FacetKind::Category => (FacetKind::Category, "Category"),
            search::FacetKind::Collection => (FacetKind::Collection, "Collection"),
            search::FacetKind::Vendor => (FacetKind::Vendor, "Vendor"),
            search::FacetKind::Tag => (FacetKind::Tag, "Tag"),
            search::FacetKind::Attribute(name) => (FacetKind::Attribute, name.as_str()),
            search::FacetKind::InStock => (FacetKind::InStock, "In stock"),
        };
        let show = |value: search::FacetValue| {
            let (toggled, selected) = present.toggle(&facet.kind, &value.value);
            let named = match kind {
                FacetKind::Category | FacetKind::Collection => label(kind, &value.value),
                FacetKind::InStock => Some(if value.value == "true" { "In stock" } else { "Sold out" }.to_owned()),
                _ => None,
            };
            FacetValue {
                label: named.unwrap_or_else(|| value.value.clone()),
                count: value.count.try_into().unwrap_or(i32::MAX),
                selected,
                filter: Json(toggled.to_json()),
                value: value.value,
            }
        };
        Self {
            kind,
            name: name.to_owned(),
            label: name.to_owned(),
            values: facet.values.into_iter().map(show).collect(),
        }
    }
}

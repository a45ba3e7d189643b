use async_graphql::{Context, InputObject, InputType};
use serde_json::Value as Json;
use vitrine_commerce::{
    Error, Refusal,
    catalog::{
        attributes::{self, AttributeFilter},
        list::ProductFilter,
    },
    money::{Currency, Money},
    ports::search::{FacetKind, SearchFilter},
    text, translations,
};
use vitrine_entity::slug_redirect::SlugKind;

use crate::graphql::{
    attribute::object::MeasurementUnit,
    shared::{ContextExt, Decimal},
};

/// Restricts a list or a search of products. Everything given must hold; of several values for
/// one property, any will do.
#[derive(Debug, Clone, Default, PartialEq, InputObject)]
pub struct ProductWhere {
    /// Slugs of categories; what lies beneath them counts.
    pub categories: Option<Vec<String>>,
    /// Slugs of collections, of which any will do.
    pub collections: Option<Vec<String>>,
    /// Who makes it.
    pub vendors: Option<Vec<String>>,
    /// Words that staff gave it.
    pub tags: Option<Vec<String>>,
    /// Named attributes and options, as in `Material`: `Oak`. All of the names must hold, for one and the same variant;
    /// with `inStock: true`, that variant must be in stock.
    pub attributes: Option<Vec<AttributeWhere>>,
    /// The least price, in the currency of the request: of a product's variants the cheapest counts, at the price that
    /// whoever asks is shown.
    pub price_min: Option<Decimal>,
    /// The greatest price, in the currency of the request: of a product's variants the cheapest counts, at the price that
    /// whoever asks is shown.
    pub price_max: Option<Decimal>,
    /// Whether it can be bought now.
    pub in_stock: Option<bool>,
}

/// A named attribute or option, and the values of which any will do.
#[derive(Debug, Clone, PartialEq, InputObject)]
pub struct AttributeWhere {
    /// Its name, as in `Material`.
    pub name: String,
    /// Its values, as in `Oak`, at most 100.
    #[graphql(default)]
    pub values: Vec<String>,
    /// The least number, where staff defined the attribute as a number by which products are filtered.
    pub min: Option<Decimal>,
    /// The greatest number.
    pub max: Option<Decimal>,
    /// The unit of `min` and `max`; the attribute's own unless given.
    pub unit: Option<MeasurementUnit>,
}

impl AttributeWhere {
    fn of_values(name: &str, values: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            values,
            min: None,
            max: None,
            unit: None,
        }
    }

    fn is_range(&self) -> bool {
        self.min.is_some() || self.max.is_some()
    }
}

impl ProductWhere {
    /// With the slugs, names and values that the rows have, where they are given as the language asked for has them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn own(mut self, ctx: &Context<'_>) -> Result<Self, Error> {
        let languages = translations::languages(ctx.shop(), ctx.caller());
        for (kind, slugs) in [
            (SlugKind::Category, &mut self.categories),
            (SlugKind::Collection, &mut self.collections),
        ] {
            if let Some(given) = slugs.take() {
                *slugs = Some(translations::own_slugs(&ctx.shop().db, &languages, kind, given).await?);
            }
        }
        for attribute in self.attributes.iter_mut().flatten() {
            let named = translations::own_names(
                &ctx.shop().db,
                &languages,
                &attribute.name,
                std::mem::take(&mut attribute.values),
            );
            (attribute.name, attribute.values) = named.await?;
        }
        Ok(self)
    }

    /// # Errors
    /// When a price is none, or bounds are not those of a number by which products are filtered.
    pub async fn list_filter(&self, ctx: &Context<'_>) -> vitrine_commerce::Result<ProductFilter> {
        let filter = self.search_filter(ctx).await?;
        Ok(ProductFilter {
            category_slugs: filter.categories,
            collections: filter.collections,
            price_min_minor: filter.price_min_minor,
            price_max_minor: filter.price_max_minor,
            in_stock: filter.in_stock,
            attributes: filter.attributes,
            tags: filter.tags,
            vendors: filter.vendors,
            ..ProductFilter::default()
        })
    }

    /// # Errors
    /// As [`list_filter`](Self::list_filter).
    pub async fn search_filter(&self, ctx: &Context<'_>) -> vitrine_commerce::Result<SearchFilter> {
        let mut filter = self.plain_filter(ctx.caller().shown)?;
        let wanted = self.attributes.iter().flatten().map(|attribute| AttributeFilter {
            name: text::normal(&attribute.name),
            values: attribute.values.iter().map(|value| text::normal(value)).collect(),
            min: attribute.min.as_ref().map(|bound| bound.0.clone()),
            max: attribute.max.as_ref().map(|bound| bound.0.clone()),
            unit: attribute.unit.map(Into::into),
        });
        filter.attributes = attributes::filters(ctx.shop(), wanted.collect()).await?;
        Ok(filter)
    }

    /// All but the attributes.
    ///
    /// # Errors
    /// When a price is none.
    pub fn plain_filter(&self, currency: Currency) -> Result<SearchFilter, Refusal> {
        let minor = |price: &Option<Decimal>, field: &str| {
            let parse = |price: &Decimal| Money::parse(&price.0, currency).map(|money| money.minor);
            price
                .as_ref()
                .map(parse)
                .transpose()
                .map_err(|error| Refusal::from(error).at(&["where", field]))
        };
        // As they are kept: without what nobody sees.
        let normal = |values: &Option<Vec<String>>| values.iter().flatten().map(|value| text::normal(value)).collect();
        Ok(SearchFilter {
            categories: normal(&self.categories),
            collections: normal(&self.collections),
            vendors: normal(&self.vendors),
            tags: normal(&self.tags),
            attributes: Vec::new(),
            price_min_minor: minor(&self.price_min, "priceMin")?,
            price_max_minor: minor(&self.price_max, "priceMax")?,
            in_stock: self.in_stock,
            ..SearchFilter::default()
        })
    }

    /// The same with one value of a facet selected, or released if it was; and whether it was.
    pub fn toggle(&self, kind: &FacetKind, value: &str) -> (Self, bool) {
        let mut next = self.clone();
        let selected = match kind {
            FacetKind::Category => toggle(&mut next.categories, value),
            FacetKind::Collection => toggle(&mut next.collections, value),
            FacetKind::Vendor => toggle(&mut next.vendors, value),
            FacetKind::Tag => toggle(&mut next.tags, value),
            FacetKind::Attribute(name) => next.toggle_attribute(name, value),
            FacetKind::InStock => {
                let wanted = Some(value == "true");
                let selected = next.in_stock == wanted;
                next.in_stock = wanted.filter(|_| !selected);
                selected
            }
        };
        (next, selected)
    }

    fn toggle_attribute(&mut self, name: &str, value: &str) -> bool {
        let attributes = self.attributes.get_or_insert_default();
        let index = attributes
            .iter()
            .position(|attribute| attribute.name == name)
            .unwrap_or_else(|| {
                attributes.push(AttributeWhere::of_values(name, Vec::new()));
                attributes.len() - 1
            });
        let mut values = Some(std::mem::take(&mut attributes[index].values));
        let selected = toggle(&mut values, value);
        match values {
            Some(values) => attributes[index].values = values,
            None if attributes[index].is_range() => {}
            None => drop(attributes.remove(index)),
        }
        if attributes.is_empty() {
            self.attributes = None;
        }
        selected
    }

    /// As a client sends it, without what is not given.
    pub fn to_json(&self) -> Json {
        match self.to_value().into_json() {
            Ok(json) => without_nulls(json),
            Err(_) => Json::default(),
        }
    }
}

fn without_nulls(json: Json) -> Json {
    match json {
        Json::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Json::Array(values) => values.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

/// Adds `value`, or takes it out if it was there; says whether it was. No empty list stays.
fn toggle(values: &mut Option<Vec<String>>, value: &str) -> bool {
    let mut list = values.take().unwrap_or_default();
    let before = list.len();
    list.retain(|present| present != value);
    let selected = list.len() < before;
    if !selected {
        list.push(value.to_owned());
    }
    *values = Some(list).filter(|list| !list.is_empty());
    selected
}

//! Which fields are the same for everybody who is nobody in particular: in one country, language and currency. Answers in
//! others are kept apart.
//!
//! What is not named is private, and so is a new field, until somebody names it: one of a type that stands here has to be
//! named with the ones or the others (a test compares them with the schema). A public field may depend on rows of
//! `vitrine_commerce::shown::TABLES`, on the shop's profile and configuration, on its clock and on the search engine, and on
//! nothing that differs between two requests.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// A type, its fields that are public, and its fields that are not.
type Fields = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Of `Query` the rest is private.
#[rustfmt::skip]
const FIELDS: &[Fields] = &[
    ("AlternateSlug", &["locale", "slug"], &[]),
    ("AttributeChoice", &["swatch", "value"], &[]),
    ("AttributeDefinition", &[
        "categories", "choices", "deletedAt", "filterable", "id", "key", "kind", "list", "name", "position",
        "referenceKind", "unit", "version", "visible",
    ], &["unfitValues"]),
    ("Category", &[
        "alternates", "ancestors", "children", "deletedAt", "description", "id", "metafield", "metafields", "name", "parent",
        "picture", "position", "products", "seo", "slug", "updatedAt", "version",
    ], &[]),
    ("Collection", &[
        "alternates", "deletedAt", "description", "id", "metafield", "metafields", "picture", "position", "products",
        "published", "seo", "slug", "title", "updatedAt", "version",
    ], &["rule"]),
    ("CollectionConnection", &["edges", "nodes", "pageInfo", "totalCount"], &[]),
    ("CollectionEdge", &["cursor", "node"], &[]),
    ("Country", &[
        "code", "name", "postalCodeExample", "postalCodeKind", "postalCodePattern", "regionKind", "regions",
        "requiresCity", "requiresPostalCode", "requiresRegion",
    ], &[]),
    ("CountryRegion", &["code", "isoCode", "latinName", "name"], &[]),
    ("DeliveryEstimate", &["earliest", "latest"], &[]),
    ("EconomicOperator", &["deletedAt", "electronicAddress", "id", "name", "postalAddress", "version"], &[]),
    ("Facet", &["kind", "label", "name", "values"], &[]),
    ("FacetValue", &["count", "label", "selected", "value", "where"], &[]),
    ("GiftCardAmounts", &["maximum", "minimum", "step"], &[]),
    ("Image", &["altText", "blurHash", "height", "id", "url", "width"], &["import"]),
    ("Location", &[
        "active", "address", "deletedAt", "id", "name", "openingHours", "pickup", "pickupInstructions",
        "version",
    ], &[]),
    ("LocationConnection", &["edges", "nodes", "pageInfo"], &[]),
    ("LocationEdge", &["cursor", "node"], &[]),
    ("MailingAddress", &[
        "city", "company", "countryCode", "line1", "line2", "lines", "name", "phone", "postalCode", "region",
    ], &[]),
    ("Market", &[
        "countries", "currencyCode", "deletedAt", "id", "language", "name", "pricesIncludeTax", "version",
    ], &["goods"]),
    ("Menu", &["deletedAt", "handle", "id", "items", "title", "updatedAt", "version"], &[]),
    ("MenuItem", &["items", "productSlug", "target", "targetId", "title", "url"], &[]),
    ("Metafield", &[
        "createdAt", "jsonValue", "key", "kind", "namespace", "public", "updatedAt", "value", "version",
    ], &[]),
    ("MetafieldConnection", &["edges", "nodes", "pageInfo"], &[]),
    ("MetafieldEdge", &["cursor", "node"], &[]),
    ("Money", &["amount", "currencyCode"], &[]),
    ("Node", &["id"], &[]),
    ("Page", &[
        "bodyHtml", "createdAt", "currentVersion", "deletedAt", "handle", "id", "kind", "published", "seo",
        "title", "updatedAt", "version",
    ], &["versions"]),
    ("PageConnection", &["edges", "nodes", "pageInfo"], &[]),
    ("PageEdge", &["cursor", "node"], &[]),
    ("PageInfo", &["endCursor", "hasNextPage", "hasPreviousPage", "startCursor"], &[]),
    ("PageVersion", &["bodyHtml", "createdAt", "id", "number", "title"], &["createdBy"]),
    ("PaymentMethod", &["isDefault", "name", "needsToken", "publishableKey", "savable", "title"], &[]),
    ("PricePeriod", &["beginsAt", "endsAt"], &[]),
    ("PriceRange", &["max", "min"], &[]),
    ("Product", &[
        "alternates", "attributes", "availableForSale", "category", "collections", "compareAtPrice", "createdAt",
        "deletedAt", "description", "descriptionHtml", "featuredPicture", "id", "lowestPriceLast30Days", "metafield",
        "metafields", "options", "pictures", "priceRange", "relatedProducts", "safety", "seo", "slug", "status",
        "stockStatus", "tags", "title", "updatedAt", "variantBySelectedOptions", "variants", "vendor",
        "version", "videos",
    ], &["allVariants", "chosenRelatedProducts", "returnExemption"]),
    ("ProductAttribute", &[
        "booleanValue", "colour", "dateValue", "definition", "key", "kind", "name", "numberValue", "reference",
        "unit", "value",
    ], &[]),
    ("ProductConnection", &["edges", "nodes", "pageInfo", "totalCount", "totalCountPrecision"], &[]),
    ("ProductEdge", &["cursor", "node"], &[]),
    ("ProductOption", &["name", "optionValues", "values"], &[]),
    ("ProductOptionValue", &["name", "swatch"], &[]),
    ("ProductSafety", &["manufacturer", "responsiblePerson", "warnings"], &[]),
    ("ProductSearchConnection", &[
        "degraded", "edges", "facets", "nodes", "pageInfo", "priceRange", "totalCount",
    ], &[]),
    ("ProductSearchEdge", &["cursor", "node"], &[]),
    ("ProductVariant", &[
        "active", "attributes", "availability", "availableForSale", "availableQuantity", "barcode",
        "compareAtPrice", "deletedAt", "giftCard", "giftCardAmounts", "id", "lowestPriceLast30Days", "metafield", "metafields", "options",
        "picture", "position", "price", "pricePeriod", "product", "quantityPrices", "quantityRule", "requiresShipping", "shippingClass", "sku",
        "taxCategory", "title", "unitPrice",
        "unitPriceMeasurement", "weightGrams",
    ], &[
        "files", "incoming", "listPrices", "lowStockThreshold", "priceHistory", "priceSchedules", "stock", "stockPolicy",
    ]),
    ("ProductVideo", &["embedUrl", "host", "id", "thumbnailUrl", "title", "url"], &[]),
    ("QuantityPrice", &["from", "price"], &[]),
    ("QuantityRule", &["maximum", "minimum", "step"], &[]),
    ("Query", &[
        "categories", "category", "collection", "collections", "collectionsConnection", "countries", "country",
        "location", "markets", "menu", "page", "pages", "product", "productSearch", "products", "searchSuggest", "shop",
        "urlRedirectTarget", "variant",
    ], &["locations"]),
    ("SearchPriceRange", &["max", "min"], &[]),
    ("SearchSuggestions", &["categories", "collections", "degraded", "products", "terms"], &[]),
    ("SelectedOption", &["name", "value"], &[]),
    ("Seo", &["description", "title"], &[]),
    ("ShippingOffer", &["carrier", "deliveryEstimate", "description", "freeFrom", "id", "kind", "name", "price"], &[]),
    ("Shop", &[
        "address", "closedOn", "contactEmail", "context", "countryCode", "creditRefundedFirst", "creditReminderDays", "currencyCode", "giftCardMonths",
        "locale", "locales", "messageLanguages", "name",
        "paymentMethods", "policies", "pricesIncludeTax", "pushKey", "shippingMethods", "shippingTax", "smsOffered", "taxAbroad",
        "testPaymentTokens", "timeZone", "vatNumber", "version", "workingDays",
    ], &["capabilities", "flags"]),
    ("ShopContext", &["chargesTax", "country", "currency", "language", "market", "pricesIncludeTax", "taxKind"], &[]),
    ("Swatch", &["colour", "image"], &[]),
    ("TestPaymentToken", &["effect", "token"], &[]),
    ("UnitPriceMeasurement", &["quantityUnit", "quantityValue", "referenceUnit", "referenceValue"], &[]),
    ("VariantAvailability", &["expectedOn", "inStock", "nextIncomingOn", "promisable", "status", "tracked"], &[]),
];

static PUBLIC: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(|| {
    let types = FIELDS.iter();
    types
        .map(|(name, public, _)| (*name, public.iter().copied().collect()))
        .collect()
});

/// Whether the field of a type is public.
pub fn is_public(name: &str, field: &str) -> bool {
    PUBLIC.get(name).is_some_and(|fields| fields.contains(field))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use apollo_compiler::{Schema, schema::ExtendedType};

    use super::*;
    use crate::graphql::schema;

    #[test]
    fn every_field_of_a_type_that_is_shown_is_public_or_private() {
        let schema = Schema::parse_and_validate(schema::sdl(), "schema.graphql").expect("a schema");
        let composite = |name: &str| match schema.types.get(name) {
            Some(ExtendedType::Object(object)) => Some(&object.fields),
            Some(ExtendedType::Interface(interface)) => Some(&interface.fields),
            _ => None,
        };
        for (name, public, private) in FIELDS {
            let fields = composite(name).unwrap_or_else(|| panic!("{name} is no type"));
            let known: BTreeSet<_> = fields.keys().map(|field| field.as_str()).collect();
            let named: BTreeSet<_> = public.iter().chain(*private).copied().collect();
            assert!(named.is_subset(&known), "{name} has none of {:?}", &named - &known);
            if *name != "Query" {
                assert_eq!(&known - &named, BTreeSet::new(), "public or not? Say it in {}", file!());
            }
            assert_eq!(named.len(), public.len() + private.len(), "{name} has one twice");
            for field in *public {
                let of = fields[*field].ty.inner_named_type().as_str();
                let is_shown = composite(of).is_none() || FIELDS.iter().any(|(name, ..)| *name == of);
                assert!(is_shown, "{name}.{field} leads to {of}, of which nothing is public");
            }
        }
        assert!(is_public("Product", "title") && !is_public("Product", "allVariants"));
        assert!(!is_public("Query", "cart") && !is_public("Order", "id"));
    }
}

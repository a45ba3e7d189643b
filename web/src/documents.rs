//! The documents beside the templates, as `build.rs` has typed them against `schema.graphql`. Each operation is a module:
//! `Variables`, and `ResponseData`, which serializes under the names that the document gives.

/// The schema's own scalars, as they travel.
pub mod scalars {
    pub type CountryCode = String;
    pub type CurrencyCode = String;
    pub type Date = String;
    pub type DateTime = String;
    pub type Decimal = String;
    pub type Html = String;
    pub type Json = serde_json::Value;
    pub type LanguageCode = String;
    pub type Url = String;
}

include!(concat!(env!("OUT_DIR"), "/documents.rs"));

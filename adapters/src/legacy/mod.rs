//! The older system that a shop moves away from.

mod http;

pub use http::HttpLegacyShop;

//! Addresses that were: the slugs that things had before, and the redirects that staff write.

pub mod slugs;
pub mod urls;

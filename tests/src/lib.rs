//! placeholder

pub mod smtp_sink;
pub mod meilisearch_stand_in;

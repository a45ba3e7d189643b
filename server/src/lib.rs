//! placeholder

pub mod graphql;
pub mod http;

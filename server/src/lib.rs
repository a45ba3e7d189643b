//! The shop's doors: GraphQL over HTTP, webhooks, pictures, and the pages of development; and the
//! program `vitrine`, which opens them.
//!
//! [`app::router`] puts the doors together, for the program and for the tests alike. [`graphql`]
//! is the API itself and [`http`] the edge around it; both only translate: what happens is
//! `vitrine_commerce`'s.

pub mod app;
pub mod auth;
pub mod commands;
pub mod graphql;
pub mod http;

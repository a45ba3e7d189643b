//! The shop's doors: GraphQL, REST, webhooks, metrics, health and pages; and the program `vitrine`,
//! which opens them.
//!
//! [`app::router`] puts the doors together, for the program and for the tests alike. `vitrine_edge` is
//! HTTP and GraphQL's protocols, and knows no shop; [`graphql`] and [`rest`] are its two APIs. They
//! only translate: what happens is `vitrine_commerce`'s.
// async-graphql nests the nouns of a root in each other, and the compiler looks through all of them.
#![recursion_limit = "256"]
// They panic where nobody reads, and wait where nobody reads on.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod app;
pub mod auth;
pub mod commands;
mod downloads;
pub mod graphql;
pub mod health;
mod ids;
mod jwks;
mod kept;
mod limits;
mod locality;
pub mod media;
pub mod metrics;
pub mod pages;
mod personal_data;
mod repeats;
pub mod rest;
mod sign_in;
mod storefront;
pub mod webhooks;

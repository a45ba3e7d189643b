//! Compiled in: small pages for people.

#[path = "../../../src/pages/html.rs"]
mod html;

//! Compiled in: which fields are public, and which may be late.

#[path = "../../../src/kept/fields.rs"]
mod fields;
#[path = "../../../src/kept/late.rs"]
mod late;

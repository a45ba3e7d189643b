//! Compiled in: which fields are counted more strictly.

#[path = "../../../src/limits/fields.rs"]
mod fields;

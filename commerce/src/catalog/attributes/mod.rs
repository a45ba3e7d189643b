//! What named values of products must be: staff define attributes, and give products values of them.
//!
//! A value is kept as text, in the one form that its definition gives it (`value`): `12.5 kg`, `true`,
//! `2026-01-31`. So a name that nobody has defined is free text, and becomes typed when somebody defines it;
//! filters and facets know values by their text, and a range is the values that lie in it (`range`).

mod adopt;
mod change;
mod create;
mod definitions;
mod delete;
mod facets;
mod fields;
mod range;
mod set;
mod unfit;
mod update;
mod value;

pub use self::{
    create::create,
    definitions::{Definition, all, by_id, load},
    delete::{delete, restore},
    fields::{AttributeFields, ChoiceFields},
    range::{AttributeFilter, filters},
    set::{AttributeValues, AttributesSet, set},
    unfit::unfit_values,
    update::{AttributeUpdate, update},
    value::{Typed, typed},
};
pub(crate) use self::{definitions::read, facets::arrange};
pub(super) use self::{range::RANGE_VALUES_MAX, value::normalised};

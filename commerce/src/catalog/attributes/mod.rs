//! What named values of products and variants must be: staff define attributes, and give them values of these.
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
mod set_variant;
mod unfit;
mod update;
mod value;
mod wanted;

pub use self::{
    create::create,
    definitions::{Definition, all, by_id, load},
    delete::{delete, restore},
    fields::{AttributeFields, ChoiceFields},
    range::{AttributeFilter, filters},
    set::{AttributesSet, set},
    set_variant::{VariantAttributesSet, set_variant},
    unfit::unfit_values,
    update::{AttributeUpdate, update},
    value::{Typed, typed},
    wanted::AttributeValues,
};
pub(crate) use self::{definitions::read, facets::arrange};
pub(super) use self::{range::RANGE_VALUES_MAX, value::normalised};

//! A discount as staff write it ([`DiscountDraft`]), and what is wrong with it ([`check()`]).

mod amounts;
mod check;
mod effect;
mod written;

pub(crate) use amounts::basis_points;
pub(super) use check::check;
pub use written::{AmountDraft, DiscountDraft, DiscountKind, OffDraft, TierDraft};

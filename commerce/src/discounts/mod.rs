//! What the shop takes off: by a code that somebody types, or by itself.
//!
//! [`rules`] decides, and is pure. Around it: what staff set up ([`create()`] and its siblings), what a cart may have
//! (`gather`, of what is kept in memory), and what is counted as an order is placed (`redeem`) and given back as it is
//! cancelled (`release`). List prices are left alone: what is taken off is taken off of a cart.

pub mod batches;
mod change;
pub mod code_desk;
mod codes;
mod draft;
mod find;
mod fits;
mod forget;
mod gather;
mod kept;
mod life;
mod limits;
mod person;
mod redeem;
mod refusals;
mod release;
pub mod rules;
mod standing;

pub use change::{create, update};
pub use codes::{CODES_AT_ONCE_MAX, add_codes, normal as normal_code};
pub use draft::{AmountDraft, DiscountDraft, DiscountKind, OffDraft, TierDraft};
pub use find::{DiscountFilter, DiscountStatus, by_id, by_ids, count_codes, list, status, uses_of};
pub use life::{activate, deactivate, delete, restore};

pub(crate) use change::draft_row;
pub(crate) use draft::basis_points;
pub(crate) use forget::forget;
pub(crate) use gather::{Asked, Candidates, Trying};
pub(crate) use kept::goods_of;
pub(crate) use person::{mail_key, used_by};
pub(crate) use redeem::{Redeemer, redeem};
pub(crate) use release::{follow_change, release};

//! The mutable basket. Every change raises its version, and every read prices it anew.
//!
//! A guest's cart belongs to whoever holds its id, which is why that is random in all its bits. A
//! customer's cart is theirs alone: to everybody else it does not exist.

mod access;
mod assemble;
mod attributes;
mod change;
mod check;
mod claim;
mod codes;
mod create;
mod credits;
mod delivery;
mod discount_view;
mod discounts;
mod draft;
pub mod drafting;
mod forget;
mod lines;
mod market;
pub mod members;
mod preview;
mod price;
mod problem;
mod reorder;
mod shipping;
mod surroundings;
mod tax_id;
mod taxation;
mod terms;
mod view;
mod withheld;
mod words;

pub use access::speaks_for_customer;
pub use assemble::view;
pub use attributes::ATTRIBUTES_MAX;
pub use change::CartRef;
pub use claim::claim;
pub use codes::{CODES_MAX, add_codes, remove_codes};
pub use create::{CartCreate, create};
pub use credits::{GIFT_CARDS_MAX, accept_credits, add_gift_card, remove_gift_card, use_store_credit};
pub use delivery::{
    select_shipping_method, set_addresses, set_attributes, set_contact, set_gift_message, set_note, set_purchase_order,
};
pub use discount_view::{CodeView, OfferView};
pub use forget::forget_abandoned;
pub use lines::{LINES_MAX, LineInput, LineUpdate, QUANTITY_MAX, accept_prices, add_lines, remove_lines, update_lines};
pub use market::{LineRepriced, Moved, move_to};
pub use preview::{Preview, PreviewOf, PreviewWith, preview};
pub use problem::CartProblem;
pub use reorder::{Reorder, Reordered, reorder};
pub use tax_id::set_tax_id;
pub use view::{CartLineView, CartView, LineAdjustment, ShippingOption};

pub(crate) use assemble::{CartRow, Lines, assemble_of};
pub(crate) use change::{complete, completed, completing, hold, let_go};
pub(crate) use codes::typed as typed_codes;
pub(crate) use create::{begin, empty};
pub(crate) use draft::has_expired;
pub(crate) use lines::add_to;
pub(crate) use words::{translate, translate_adjustments};

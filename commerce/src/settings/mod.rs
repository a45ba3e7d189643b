//! What the shop is, in the database: made once of the configuration, then changed by staff, and known in
//! every process soon after. [`Shop::profile`](crate::Shop::profile) is how the other rooms read it.

mod change;
mod check;
pub mod countries;
pub mod flags;
mod follow;
mod in_use;
mod language;
pub mod locality;
pub mod markets;
mod open;
pub mod rates;
mod store;
mod update;

pub use change::ShopUpdate;
pub use follow::{follow, refresh};
pub use language::{language, nearest, require_spoken};
pub use open::open;
pub use update::{
    check, current, note_documents, note_synonyms, note_trade, note_webhooks, set_kind, update, update_in,
};

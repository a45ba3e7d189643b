//! Public answers, kept: which fields are public ([`is_public`]), and what an answer was made of, which `vitrine_commerce::shown`
//! knows. And which of them may be read late ([`late()`]), where the database has replicas.

mod fields;
mod keeper;
mod late;

pub use fields::is_public;
pub use keeper::ShopKeeper;
pub use late::{late, wants_what_is_now};

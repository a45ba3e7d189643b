//! Public answers, kept: which fields are public ([`fields`]), and what an answer was made of, which `vitrine_commerce::shown`
//! knows.

mod fields;
mod keeper;

pub use fields::is_public;
pub use keeper::ShopKeeper;

//! Redirects that staff write, from a path of the storefront to a path or an address.

mod change;
mod check;
mod find;

pub(crate) use self::check::normal;
pub use self::{
    change::{UrlRedirectEdit, create, delete, restore, update},
    find::{UrlRedirectFilter, list, target},
};

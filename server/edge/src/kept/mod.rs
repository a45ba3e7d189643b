//! Answers that are the same for everybody, kept: found by the request's own bytes before anything of it is read, and given
//! as they are. Whether one may be kept, the document says ([`super::document::Documents::keeping`]); what it was made of and
//! whether that has changed, a [`Keeper`], which knows what the schema reads. And pages that are made of such answers
//! ([`KeptPages`]), in the same store, by the same rule.

mod answer;
mod compressed;
mod drops;
mod encoding;
mod keeper;
mod pages;
mod serve;
mod settings;
mod store;

pub(super) use answer::Asked;
pub use answer::IsKept;
pub(super) use keeper::watched;
pub use keeper::{Basis, Keeper, Sort, Told, Watch};
pub use pages::KeptPages;
pub use settings::KeptSettings;
pub(super) use store::{Key, Store};

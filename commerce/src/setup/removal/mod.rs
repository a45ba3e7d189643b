//! Takes the demo away as if it had never been there, but for what orders name.
//!
//! What the demo put into a shop is remembered when it is ([`remember`]); a shop of the version before is known by
//! the demo's own slugs, SKUs and mail address. Zones, methods and rates that were changed since are the
//! merchant's, and stay.

mod find;
mod forget;
mod references;
mod remember;

use crate::delivery::{shipping::ZoneDraft, tax::RateDraft};

pub use find::{Kept, Removal, find};
pub use forget::forget;
pub use remember::remember;

/// What the demo consists of.
#[derive(Debug, Clone)]
pub struct Footprint {
    /// Slugs, and the SKUs of each.
    pub products: Vec<(String, Vec<String>)>,
    /// Slugs.
    pub categories: Vec<String>,
    /// Slugs.
    pub collections: Vec<String>,
    pub zones: Vec<ZoneDraft>,
    pub rates: Vec<RateDraft>,
    pub staff_email: String,
}

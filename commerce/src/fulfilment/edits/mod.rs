//! An order is changed before it is sent: by staff, and within minutes by whoever placed it.
//!
//! `plan` says what a change comes to, and writes nothing: so staff try one (`preview`) and make it (`edit`) by the same
//! function, the second time while the order is locked. What stays is priced as it was sold (`reprice`, pure): unit prices, what
//! was taken off a unit, tax rates and shipping are the order's own, whatever the catalogue says today. `commit` writes all of it
//! in one transaction: stock, lines, totals, what is paid back or owed (`payments::Paid`), and the version, which is kept.

mod as_sold;
mod change;
mod commit;
mod conditions;
mod edit;
pub(in crate::fulfilment) mod may;
mod plan;
mod policy;
mod preview;
mod rates;
mod reprice;
mod stock;
mod versions;
mod worth;
mod write;

pub(crate) use as_sold::AsSold;
pub use change::{AddedLine, Changes, LineChange, ShippingChange, StaffDiscount};
pub use edit::{Edit, Edited, ShopperEdit, edit, edit_by_shopper};
pub use may::editable_until;
pub use policy::{EditPolicyUpdate, edit_policy, update_edit_policy};
pub use preview::{Preview, preview};
pub use stock::StockChange;
pub(crate) use versions::keep_corrected;
pub use versions::{VersionChange, changes_between, versions_of};
pub(crate) use worth::base_total;

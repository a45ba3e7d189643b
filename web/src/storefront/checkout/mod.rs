//! `/checkout`: from a cart to an order, in steps. Each is a page with a form; whoever has not come so far is led to the
//! step that is missing.

mod address;
mod billing;
mod chosen;
mod contact;
mod extras;
mod market;
mod payment;
mod shipping;
mod step;

use axum::response::IntoResponse;

pub use address::{save as save_address, show as address};
pub use billing::{save as save_billing, show as billing};
pub use chosen::chosen;
pub use contact::{save as save_contact, show as contact};
pub use extras::{save as save_extras, show as extras};
pub use payment::{place, show as payment, show_with as payment_with};
pub use shipping::{save as save_shipping, show as shipping};
pub use step::paid;

use crate::{answer::Answer, visit::Visit};

/// On to what is missing.
pub async fn begin(mut visit: Visit) -> Answer {
    match step::find(&mut visit).await? {
        Some(checkout) => {
            let step = step::next(&checkout.cart);
            Ok(visit.go(&format!("/checkout/{step}")))
        }
        None => {
            let page = step::elsewhere(&visit, None);
            Ok(visit.go(&page).into_response())
        }
    }
}

//! Whether a product is taken back, and why not.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
    },
    documents::{
        AdminProductReturnExemption,
        admin_product_return_exemption::{self as document, ReturnExemption},
    },
    visit::Form,
};

pub async fn set(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let input = document::ProductReturnExemptionSetInput {
        product_id,
        reason: form.some("reason").map(ReturnExemption::Other),
    };
    deed::run(staff, AdminProductReturnExemption, document::Variables { input }).await
}

//! What makes an empty shop a demo.

use vitrine_adapters::boot::Booted;
use vitrine_commerce::{
    Context, Error, ErrorCode,
    catalog::seed,
    customers::staff::{self, NewStaff},
};
use vitrine_entity::staff_member::StaffRole;

/// Who can sign in to a demo shop as staff. There is no such account anywhere else.
pub(super) const DEMO_STAFF_EMAIL: &str = "staff@example.com";
pub(super) const DEMO_STAFF_PASSWORD: &str = "vitrine demo staff";

/// Gives an empty shop a catalogue, and somebody who can dispatch an order.
pub(super) async fn furnish(booted: &Booted) -> anyhow::Result<()> {
    let context = Context::system("demo");
    let report = seed::seed(&booted.shop, &context, |_, _| {}).await?;
    if report.products > 0 {
        tracing::info!(products = report.products, "the demo catalogue is there");
    }
    let new = NewStaff {
        email: DEMO_STAFF_EMAIL.to_owned(),
        name: "Demo staff".to_owned(),
        password: DEMO_STAFF_PASSWORD.to_owned(),
        role: StaffRole::Administrator,
    };
    match staff::create(&booted.shop, &context, new).await {
        // From an earlier start.
        Err(Error::Refused(refusals)) if refusals.iter().all(|refusal| refusal.code == ErrorCode::EmailTaken) => Ok(()),
        created => Ok(created.map(drop)?),
    }
}

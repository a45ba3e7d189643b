//! What is done with the team: a document each.

mod apps;
mod members;
mod roles;

pub use apps::create as create_app;

use super::super::{deed::Outcome, staff::Staff};
use crate::{problem::Problem, visit::Form};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "invite" => members::invite(staff, form).await,
        "withdraw" => members::withdraw(staff, form).await,
        "resend" => members::resend(staff, form).await,
        "member" => members::change(staff, form).await,
        "deactivate" => members::deactivate(staff, form).await,
        "reactivate" => members::reactivate(staff, form).await,
        "factor-reset" => members::reset_factor(staff, form).await,
        "role-create" => roles::create(staff, form).await,
        "role-change" => roles::change(staff, form).await,
        "role-delete" => roles::delete(staff, form).await,
        "app-revoke" => apps::revoke(staff, form).await,
        _ => Err(Problem::NotFound),
    }
}

//! What is done with the team: a document each.

mod apps;
mod members;
mod roles;

pub use apps::create as create_app;

use crate::{admin::staff::Staff, problem::Problem, refusals::Refusal, visit::Form};

/// What was refused, if anything was.
pub type Outcome = Result<Vec<Refusal>, Problem>;

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

fn id(form: &Form) -> Result<String, Problem> {
    form.some("id").ok_or(Problem::BadForm)
}

/// The one that the form was shown with.
fn version(form: &Form) -> Option<i64> {
    form.text("expectedVersion").parse().ok()
}

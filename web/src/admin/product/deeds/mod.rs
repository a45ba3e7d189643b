//! What is done in the editor: a document each.

mod details;
mod life;
mod pictures;
mod variants;

use crate::{admin::staff::Staff, problem::Problem, refusals::Refusal, visit::Form};

/// What was refused, if anything was.
pub type Outcome = Result<Vec<Refusal>, Problem>;

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "details" => details::save(staff, id, form).await,
        "variants" => variants::save(staff, id, form).await,
        "variant-add" => variants::add(staff, id, form).await,
        "variants-delete" => variants::delete(staff, id, form).await,
        "variants-restore" => variants::restore(staff, id, form).await,
        "options" => variants::save_options(staff, id, form).await,
        "pictures-text" => pictures::describe(staff, id, form).await,
        "pictures-order" => pictures::reorder(staff, id, form).await,
        "pictures-remove" => pictures::remove(staff, id, form).await,
        "delete" => life::delete(staff, id, form).await,
        "restore" => life::restore(staff, id).await,
        _ => Err(Problem::NotFound),
    }
}

/// The version of the product that the form was shown with.
fn version(form: &Form) -> Option<i64> {
    form.text("expectedVersion").parse().ok()
}

/// Words with commas between.
fn words(text: &str) -> Vec<String> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

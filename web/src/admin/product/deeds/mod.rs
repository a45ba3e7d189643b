//! What is done in the editor: a document each.

mod details;
mod exemption;
mod life;
mod list_prices;
mod options;
mod pictures;
mod relations;
mod shelves;
mod variants;

pub use life::duplicate;
pub use relations::{GOODS, before};

use super::super::{deed::Outcome, staff::Staff};
use crate::{problem::Problem, visit::Form};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "details" => details::save(staff, id, form).await,
        "variants" => variants::save(staff, id, form).await,
        "variant-add" => variants::add(staff, id, form).await,
        "variants-make" => variants::make_missing(staff, id, form).await,
        "variants-delete" => variants::delete(staff, id, form).await,
        "variants-restore" => variants::restore(staff, id, form).await,
        "options" => options::save(staff, id, form).await,
        "attributes" => shelves::set_attributes(staff, id, form).await,
        "collections" => shelves::choose_collections(staff, id, form).await,
        "relations-add" => relations::add(staff, id, form).await,
        "relations" => relations::arrange(staff, id, form).await,
        "prices" => list_prices::save(staff, form).await,
        "pictures-text" => pictures::describe(staff, id, form).await,
        "pictures-order" => pictures::reorder(staff, id, form).await,
        "pictures-remove" => pictures::remove(staff, id, form).await,
        "returns" => exemption::set(staff, id, form).await,
        "delete" => life::delete(staff, id, form).await,
        "restore" => life::restore(staff, id).await,
        _ => Err(Problem::NotFound),
    }
}

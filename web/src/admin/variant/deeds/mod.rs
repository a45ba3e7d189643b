//! What is done on a variant's page.

mod delivery;
mod files;

use super::super::{
    attributes,
    deed::{self, Outcome},
    staff::{Permission, Staff},
};
use crate::{
    documents::{AdminVariantAttributes, admin_variant_attributes as document},
    problem::Problem,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    staff.require(match deed {
        "policy" => Permission::Inventory,
        _ => Permission::Catalog,
    })?;
    match deed {
        "delivery" => delivery::save(staff, id, form).await,
        "amounts" => delivery::set_amounts(staff, id, form).await,
        "picture" => delivery::show_by(staff, id, form).await,
        "policy" => delivery::set_policy(staff, id, form).await,
        "attributes" => {
            let values = attributes::read(form)
                .into_iter()
                .map(|values| document::AttributeValuesInput {
                    key: values.key,
                    name: values.name,
                    values: Some(values.values),
                });
            let input = document::VariantAttributesSetInput {
                attributes: values.collect(),
                expected_version: None,
                variant_id: id,
            };
            let refused = deed::run(staff, AdminVariantAttributes, document::Variables { input }).await?;
            Ok(attributes::at_fields(form, refused))
        }
        "file-delete" => files::delete(staff, form).await,
        "file-restore" => files::restore(staff, form).await,
        _ => Err(Problem::NotFound),
    }
}

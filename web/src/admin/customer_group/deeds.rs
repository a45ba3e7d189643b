//! What is done with a group of customers: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{nulls, version},
    },
    documents::{
        AdminCustomerByEmail, AdminCustomerGroupAdd, AdminCustomerGroupDelete, AdminCustomerGroupRemove,
        AdminCustomerGroupSave, admin_customer_by_email as find_document, admin_customer_group_add as add_document,
        admin_customer_group_delete as delete_document, admin_customer_group_remove as remove_document,
        admin_customer_group_save as save_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "save" => {
            let input = save_document::CustomerGroupUpdateInput {
                code: form.some("code"),
                expected_version: version(form),
                id,
                name: Some(form.text("name").to_owned()),
                note: form.some("note"),
            };
            let nulls = nulls(form, &["note"]);
            let variables = save_document::Variables { input };
            deed::run_with_nulls(staff, AdminCustomerGroupSave, variables, &nulls).await
        }
        "delete" => {
            let input = delete_document::CustomerGroupDeleteInput {
                expected_version: version(form),
                id,
            };
            deed::run(staff, AdminCustomerGroupDelete, delete_document::Variables { input }).await
        }
        "add" => {
            let Some(customer) = by_email(staff, form.text("email")).await? else {
                return Ok(vec![Refusal::at("NOT_FOUND", "email")]);
            };
            let input = add_document::CustomerGroupMembersAddInput {
                customer_ids: vec![customer],
                id,
            };
            deed::run(staff, AdminCustomerGroupAdd, add_document::Variables { input }).await
        }
        "remove" => {
            let input = remove_document::CustomerGroupMembersRemoveInput {
                customer_ids: vec![form.some("customer").ok_or(Problem::BadForm)?],
                id,
            };
            deed::run(staff, AdminCustomerGroupRemove, remove_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// The id of whoever has the address.
pub async fn by_email(staff: &Staff, email: &str) -> Result<Option<String>, Problem> {
    let email = email.to_lowercase();
    let variables = find_document::Variables { email: email.clone() };
    let data = staff.visit.ask(AdminCustomerByEmail, variables).await?;
    let found = data.customers.map(|customers| customers.nodes).unwrap_or_default();
    let found = found.into_iter().find(|customer| customer.email == email);
    Ok(found.map(|customer| customer.id))
}

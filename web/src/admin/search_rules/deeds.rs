//! What is done with search rules: a document each. Products are called by their names in addresses, or by a SKU.

use super::products::{Named, find};
use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, id, version},
    },
    documents::{
        AdminRuleCreate, AdminRuleDelete, AdminRuleRestore, AdminRuleSave, admin_rule_create as create_document,
        admin_rule_delete as delete_document, admin_rule_restore as restore_document, admin_rule_save as save_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// Of which the form has one field for all, by the input's name.
const LISTS: [&str; 2] = ["pins", "hiddenProductIds"];

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    let refused = match deed {
        "create" => create(staff, form).await?,
        "save" => save(staff, form).await?,
        "delete" => {
            let input = delete_document::SearchRuleDeleteInput {
                expected_version: version(form),
                id: id(form)?,
            };
            deed::run(staff, AdminRuleDelete, delete_document::Variables { input }).await?
        }
        "restore" => {
            let input = restore_document::SearchRuleRestoreInput { id: id(form)? };
            deed::run(staff, AdminRuleRestore, restore_document::Variables { input }).await?
        }
        _ => return Err(Problem::NotFound),
    };
    Ok(refused.into_iter().map(|refusal| refusal.at_list(&LISTS)).collect())
}

async fn create(staff: &Staff, form: &Form) -> Outcome {
    let Named { pins, hidden } = match named(staff, form).await? {
        Ok(named) => named,
        Err(refusal) => return Ok(vec![refusal]),
    };
    let pin = |(product_id, position)| create_document::SearchRulePinInput { position, product_id };
    let input = create_document::SearchRuleCreateInput {
        active: form.some("active").is_some(),
        hidden_product_ids: hidden,
        language: form.some("language"),
        match_: create_document::SearchRuleMatch::Other(form.text("match").to_owned()),
        pins: pins.into_iter().map(pin).collect(),
        term: form.text("term").to_owned(),
    };
    deed::run(staff, AdminRuleCreate, create_document::Variables { input }).await
}

async fn save(staff: &Staff, form: &Form) -> Outcome {
    let Named { pins, hidden } = match named(staff, form).await? {
        Ok(named) => named,
        Err(refusal) => return Ok(vec![refusal]),
    };
    let pin = |(product_id, position)| save_document::SearchRulePinInput { position, product_id };
    let input = save_document::SearchRuleUpdateInput {
        active: Some(form.some("active").is_some()),
        expected_version: version(form),
        hidden_product_ids: Some(hidden),
        id: id(form)?,
        language: form.some("language"),
        match_: form.some("match").map(save_document::SearchRuleMatch::Other),
        pins: Some(pins.into_iter().map(pin).collect()),
        term: Some(form.text("term").to_owned()),
    };
    let nulls: Vec<String> = match input.language {
        Some(_) => Vec::new(),
        None => vec!["/input/language".to_owned()],
    };
    deed::run_with_nulls(staff, AdminRuleSave, save_document::Variables { input }, &nulls).await
}

async fn named(staff: &Staff, form: &Form) -> Result<Result<Named, Refusal>, Problem> {
    let typed = Typed::of(form);
    find(staff, &typed.lines("pins"), &typed.lines("hiddenProductIds")).await
}

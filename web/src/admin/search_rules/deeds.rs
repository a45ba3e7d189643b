//! What is done with search rules: a document each.

use super::PICKERS;
use crate::{
    admin::{
        deed::{self, Outcome},
        goods::{Chosen, chosen},
        staff::Staff,
        typed::{id, version},
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

/// Products by their ids; what is pinned with its place.
struct Named {
    pins: Vec<(String, i64)>,
    hidden: Vec<String>,
}

async fn named(staff: &Staff, form: &Form) -> Result<Result<Named, Refusal>, Problem> {
    let [pins, hidden] = PICKERS;
    let pinned = match chosen(staff, form, pins).await? {
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let hidden = match chosen(staff, form, hidden).await? {
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(placed) = placed(pinned) else {
        return Ok(Err(Refusal::at("INVALID", pins.name)));
    };
    Ok(Ok(Named {
        pins: placed,
        hidden: hidden.into_iter().map(|chosen| chosen.id).collect(),
    }))
}

/// Where no place is said it is the first that is free. Nothing where one is no number.
fn placed(pinned: Vec<Chosen>) -> Option<Vec<(String, i64)>> {
    let said = |chosen: &Chosen| chosen.number.as_deref().map(str::parse).transpose().ok();
    let said: Vec<Option<i64>> = pinned.iter().map(said).collect::<Option<_>>()?;
    let mut free = (1..).filter(|place| !said.contains(&Some(*place)));
    let placed = pinned.into_iter().zip(&said);
    placed
        .map(|(chosen, place)| Some((chosen.id, place.or_else(|| free.next())?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pinned_has_the_first_place_that_is_free() {
        let chosen = |(id, number): (&str, &str)| Chosen {
            id: id.to_owned(),
            number: Some(number.to_owned()).filter(|number| !number.is_empty()),
        };
        let places = |pinned: &[(&str, &str)]| placed(pinned.iter().copied().map(chosen).collect());
        let expected = [("a", 2), ("b", 1), ("c", 3)].map(|(id, place)| (id.to_owned(), place));
        assert_eq!(
            places(&[("a", "2"), ("b", ""), ("c", "")]).as_deref(),
            Some(&expected[..])
        );
        assert_eq!(places(&[("a", "first")]), None);
    }
}

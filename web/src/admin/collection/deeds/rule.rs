//! By which rule a collection is made, or that it is made by hand.

use crate::{
    admin::{
        collection::{Categories, rule},
        deed::{self, Outcome},
        staff::Staff,
    },
    documents::{
        AdminCollectionCategories, AdminCollectionRule, admin_collection_categories as categories,
        admin_collection_rule as document,
    },
    refusals::Refusal,
    visit::Form,
};

pub async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let data = staff
        .visit
        .ask(AdminCollectionCategories, categories::Variables {})
        .await?;
    let categories = Categories::of(&data.categories);
    let said_so = |text: &str| {
        let is = |word: &str| staff.visit.say(word).to_lowercase() == text;
        is("admin.yes")
            .then_some(true)
            .or_else(|| is("admin.no").then_some(false))
    };
    let read = match rule::read(form, |called| categories.id(called), said_so) {
        Ok(read) => read,
        Err(wrong) => return Ok(wrong.iter().map(|refusal| said(staff, refusal)).collect()),
    };
    let input = rule::input(id, form, &read);
    let is_by_hand = input.rule.is_none();
    let nulls: Vec<_> = is_by_hand.then(|| "/input/rule".to_owned()).into_iter().collect();
    let refused = deed::run_with_nulls(staff, AdminCollectionRule, document::Variables { input }, &nulls).await?;
    Ok(rule::at_rows(refused, &read))
}

fn said(staff: &Staff, refusal: &Refusal) -> Refusal {
    Refusal::said(staff.visit.say("admin.collections.wrong_condition"), refusal.name())
}

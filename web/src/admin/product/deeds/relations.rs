//! What stands beside a product: all of a kind, in their order.

use crate::{
    admin::{
        deed::{self, Outcome},
        goods::{Picker, chosen},
        moves::moved,
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminProductRelations,
        admin_product_relations::{self as document, ProductRelationKind},
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// What is put beside it.
pub const GOODS: Picker = Picker::products("goods");

/// Behind those that stand there.
pub async fn add(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let chosen = match chosen(staff, form, GOODS).await? {
        Ok(chosen) if chosen.is_empty() => return Ok(vec![Refusal::at("NOT_FOUND", GOODS.name)]),
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(vec![refusal]),
    };
    let mut all = form.all("row");
    for chosen in chosen {
        if !all.contains(&chosen.id) {
            all.push(chosen.id);
        }
    }
    set(staff, product_id, form, all).await
}

/// One of them elsewhere, or away; or all as they were, where that is undone.
pub async fn arrange(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let mut all = match form.some("move") {
        Some(_) => moved(form, "row")?,
        None => form.all("row"),
    };
    let removed = form.all("remove");
    all.retain(|id| !removed.contains(id));
    set(staff, product_id, form, all).await
}

async fn set(staff: &Staff, product_id: String, form: &Form, product_ids: Vec<String>) -> Outcome {
    let kind = match form.text("kind") {
        "RELATED" => ProductRelationKind::Related,
        "COMPLEMENTARY" => ProductRelationKind::Complementary,
        _ => return Err(Problem::BadForm),
    };
    let input = document::ProductRelationsSetInput {
        expected_version: version(form),
        kind,
        product_id,
        product_ids,
    };
    let refused = deed::run(staff, AdminProductRelations, document::Variables { input }).await?;
    let at_goods = |refusal: Refusal| match refusal.is_within(&["productIds"]) {
        true => refusal.told_at(GOODS.name),
        false => refusal,
    };
    Ok(refused.into_iter().map(at_goods).collect())
}

/// What an address says of those that stood there before, so that it can be undone.
pub fn before(form: &Form) -> String {
    let all = form.all("row").into_iter();
    std::iter::once(form.text("kind").to_owned())
        .chain(all)
        .collect::<Vec<_>>()
        .join(",")
}

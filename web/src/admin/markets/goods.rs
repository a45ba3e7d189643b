//! Which goods a market has: collections by their names in addresses, products as their picker has them.

use crate::{
    admin::{
        deed::{self, Outcome},
        goods::{Picker, chosen},
        staff::Staff,
        typed::{id, version, words},
    },
    documents::{
        AdminMarketGood, AdminMarketGoods, admin_market_good as good_document, admin_market_goods as goods_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// The API takes no more of all.
const NAMES_MAX: usize = 500;

/// The products that a market has not.
pub(super) const WITHOUT: Picker = Picker::products("withoutProductIds");

pub async fn set(staff: &Staff, form: &Form) -> Outcome {
    let mut found = [Vec::new(), Vec::new()];
    for (ids, field) in found.iter_mut().zip(["onlyCollectionIds", "withoutCollectionIds"]) {
        let names = words(&form.all(field).join("\n"));
        if names.len() > NAMES_MAX {
            return Ok(vec![Refusal::at("INVALID", field)]);
        }
        for name in names {
            match collection(staff, name).await? {
                Some(id) => ids.push(id),
                None => return Ok(vec![Refusal::at("NOT_FOUND", field)]),
            }
        }
    }
    let without = match chosen(staff, form, WITHOUT).await? {
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(vec![refusal]),
    };
    let [only_collection_ids, without_collection_ids] = found;
    let input = goods_document::MarketGoodsSetInput {
        expected_version: version(form),
        id: id(form)?,
        only_collection_ids,
        without_collection_ids,
        without_product_ids: without.into_iter().map(|chosen| chosen.id).collect(),
    };
    let refused = deed::run(staff, AdminMarketGoods, goods_document::Variables { input }).await?;
    Ok(refused
        .into_iter()
        .map(|refusal| refusal.at_list(&[WITHOUT.name]))
        .collect())
}

async fn collection(staff: &Staff, name: String) -> Result<Option<String>, Problem> {
    let found = staff
        .visit
        .ask(AdminMarketGood, good_document::Variables { name })
        .await?;
    Ok(found.collection.map(|collection| collection.id))
}

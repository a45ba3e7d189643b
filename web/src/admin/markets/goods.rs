//! Which goods a market has: collections and products by their names in addresses, products by a SKU as well.

use crate::{
    admin::{
        deed::{self, Outcome},
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

/// What a name is looked up as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Collection,
    Product,
}

pub async fn set(staff: &Staff, form: &Form) -> Outcome {
    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    let fields = [
        ("onlyCollectionIds", Kind::Collection),
        ("withoutCollectionIds", Kind::Collection),
        ("withoutProductIds", Kind::Product),
    ];
    for (ids, (field, kind)) in found.iter_mut().zip(fields) {
        let names = words(&form.all(field).join("\n"));
        if names.len() > NAMES_MAX {
            return Ok(vec![Refusal::at("INVALID", field)]);
        }
        for name in names {
            match find(staff, name, kind).await? {
                Some(id) => ids.push(id),
                None => return Ok(vec![Refusal::at("NOT_FOUND", field)]),
            }
        }
    }
    let [only_collection_ids, without_collection_ids, without_product_ids] = found;
    let input = goods_document::MarketGoodsSetInput {
        expected_version: version(form),
        id: id(form)?,
        only_collection_ids,
        without_collection_ids,
        without_product_ids,
    };
    deed::run(staff, AdminMarketGoods, goods_document::Variables { input }).await
}

async fn find(staff: &Staff, name: String, kind: Kind) -> Result<Option<String>, Problem> {
    let found = staff
        .visit
        .ask(AdminMarketGood, good_document::Variables { name })
        .await?;
    let by_sku = found.variant.map(|variant| variant.product.id);
    Ok(match kind {
        Kind::Collection => found.collection.map(|collection| collection.id),
        Kind::Product => by_sku.or(found.product.map(|product| product.id)),
    })
}

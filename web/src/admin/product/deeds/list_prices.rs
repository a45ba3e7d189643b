//! What variants cost in the currency of a price list: fixed, or by the rate where nothing stands.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
    },
    documents::{AdminListPrices, admin_list_prices as document},
    problem::Problem,
    visit::{Form, amount},
};

/// How many the API takes at once.
const AT_ONCE: usize = 100;

pub async fn save(staff: &Staff, form: &Form) -> Outcome {
    let currency_code = form.some("currencyCode").ok_or(Problem::BadForm)?;
    for ids in form.all("row").chunks(AT_ONCE) {
        let input = document::PriceListPricesSetInput {
            currency_code: currency_code.clone(),
            prices: ids.iter().map(|id| price(id, form)).collect(),
        };
        let refusals = deed::run(staff, AdminListPrices, document::Variables { input }).await?;
        if !refusals.is_empty() {
            return Ok(refusals);
        }
    }
    Ok(Vec::new())
}

fn price(id: &str, form: &Form) -> document::ListPriceInput {
    let field = |name: &str| form.some(&format!("{id}.{name}")).map(|text| amount(&text));
    document::ListPriceInput {
        compare_at_price: field("compareAtPrice"),
        price: field("price"),
        variant_id: id.to_owned(),
    }
}

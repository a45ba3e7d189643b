//! What is done with markets and price lists: a document each.

use super::goods;
use crate::{
    admin::{
        countries, deed,
        staff::Staff,
        typed::{nulls, version},
    },
    documents::{
        AdminMarketCreate, AdminMarketDelete, AdminMarketRestore, AdminMarketSave, AdminPriceListDelete,
        AdminPriceListSet, admin_market_create as create_document, admin_market_delete as delete_document,
        admin_market_restore as restore_document, admin_market_save as save_document,
        admin_price_list_delete as list_delete_document, admin_price_list_set as list_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// What was refused, if anything was.
type Outcome = Result<Vec<Refusal>, Problem>;

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    let refused = match deed {
        "create" => {
            let input = create_document::MarketCreateInput {
                countries: countries::read(staff, form).await?,
                currency_code: form.text("currencyCode").to_owned(),
                language: form.some("language"),
                name: form.text("name").to_owned(),
            };
            deed::run(staff, AdminMarketCreate, create_document::Variables { input }).await?
        }
        "save" => {
            let input = save_document::MarketUpdateInput {
                countries: Some(countries::read(staff, form).await?),
                currency_code: form.some("currencyCode"),
                expected_version: version(form),
                id: form.some("id").ok_or(Problem::BadForm)?,
                language: form.some("language"),
                name: Some(form.text("name").to_owned()),
            };
            let nulls = nulls(form, &["language"]);
            deed::run_with_nulls(staff, AdminMarketSave, save_document::Variables { input }, &nulls).await?
        }
        "delete" => {
            let input = delete_document::MarketDeleteInput {
                expected_version: version(form),
                id: form.some("id").ok_or(Problem::BadForm)?,
            };
            deed::run(staff, AdminMarketDelete, delete_document::Variables { input }).await?
        }
        "restore" => {
            let input = restore_document::MarketRestoreInput {
                expected_version: None,
                id: form.some("id").ok_or(Problem::BadForm)?,
            };
            deed::run(staff, AdminMarketRestore, restore_document::Variables { input }).await?
        }
        "goods" => goods::set(staff, form).await?,
        "list-set" => {
            let input = list_document::PriceListSetInput {
                currency_code: form.text("currencyCode").to_uppercase(),
                expected_version: version(form),
                follows_rates: Some(form.some("followsRates").is_some()),
                margin_percent: form.some("marginPercent").map(|text| text.replace(',', ".")),
                prices_include_tax: Some(form.some("pricesIncludeTax").is_some()),
                // Not as amounts are read: 1.085 is no thousand.
                rate: Some(form.text("rate").replace(',', ".")),
                rounding: form.some("rounding").map(list_document::PriceRounding::Other),
            };
            deed::run(staff, AdminPriceListSet, list_document::Variables { input }).await?
        }
        "list-delete" => {
            let input = list_delete_document::PriceListDeleteInput {
                currency_code: form.text("currencyCode").to_owned(),
                expected_version: version(form),
            };
            deed::run(staff, AdminPriceListDelete, list_delete_document::Variables { input }).await?
        }
        _ => return Err(Problem::NotFound),
    };
    Ok(refused)
}

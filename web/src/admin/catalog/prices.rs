//! What a catalog fixes: a variant at a time, or a whole table.

use super::PICKERS;
use crate::{
    admin::{
        deed::{self, Outcome},
        goods::chosen,
        staff::Staff,
        typed::Typed,
    },
    documents::{
        AdminCatalogImport, AdminCatalogPrice, AdminCatalogRule, admin_catalog_import as import_document,
        admin_catalog_price as price_document, admin_catalog_rule as rule_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::{Form, amount},
};

/// How many wrong rows a form tells.
const ERRORS_SHOWN: usize = 10;

/// The prices of a variant in a currency, by quantity: all of them. A line is a price, or a quantity and a price.
pub(super) async fn fix(staff: &Staff, id: String, form: &Form) -> Outcome {
    let variant_id = match variant(staff, form).await? {
        Ok(id) => id,
        Err(refusal) => return Ok(vec![refusal]),
    };
    let Some(prices) = steps(form.text("prices")) else {
        return Ok(vec![Refusal::at("INVALID", "prices")]);
    };
    let prices = prices
        .into_iter()
        .map(|(from, price)| price_document::QuantityPriceInput { from, price });
    let fixed = price_document::CatalogVariantPricesInput {
        currency_code: form.text("currencyCode").to_uppercase(),
        prices: prices.collect(),
        variant_id,
    };
    let input = price_document::CatalogPricesSetInput {
        id,
        prices: vec![fixed],
    };
    let refused = deed::run(staff, AdminCatalogPrice, price_document::Variables { input }).await?;
    Ok(refused
        .into_iter()
        .map(|refusal| refusal.called(&["prices", "0", "prices"], "prices"))
        .collect())
}

/// A table, as the dashboard or a spreadsheet wrote it.
pub(super) async fn import(staff: &Staff, id: String, form: &Form) -> Outcome {
    let input = import_document::CatalogPricesImportInput {
        csv: form.text("csv").to_owned(),
        dry_run: false,
        id,
    };
    let variables = import_document::Variables { input };
    let data = staff.visit.ask(AdminCatalogImport, variables).await?;
    let answered = data.catalog_prices_import.ok_or(Problem::Broken)?;
    let wrong = answered.import.map(|import| import.errors).unwrap_or_default();
    if wrong.is_empty() {
        return Ok(refusals(&answered.user_errors));
    }
    let told: Vec<_> = wrong
        .iter()
        .take(ERRORS_SHOWN)
        .map(|error| format!("{}: {}", error.row, error.message))
        .collect();
    Ok(vec![Refusal::said(told.join(" "), "csvRows")])
}

/// In which quantities a variant is sold.
pub(super) async fn rule(staff: &Staff, id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let [minimum, maximum, step] = ["minimum", "maximum", "step"].map(|name| typed.number(name));
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let variant_id = match variant(staff, form).await? {
        Ok(id) => id,
        Err(refusal) => return Ok(vec![refusal]),
    };
    let rule = rule_document::CatalogQuantityRuleInput {
        maximum,
        minimum,
        step,
        variant_id,
    };
    let input = rule_document::CatalogQuantityRulesSetInput { id, rules: vec![rule] };
    deed::run(staff, AdminCatalogRule, rule_document::Variables { input }).await
}

/// The last one that is named: who types a SKU means it, whatever was chosen before.
async fn variant(staff: &Staff, form: &Form) -> Result<Result<String, Refusal>, Problem> {
    let [variants, _] = PICKERS;
    let chosen = chosen(staff, form, variants).await?;
    Ok(chosen.and_then(|mut chosen| match chosen.pop() {
        Some(chosen) => Ok(chosen.id),
        None => Err(Refusal::at("NOT_FOUND", variants.name)),
    }))
}

/// Each line as a quantity, 1 where there is none, and a price. Nothing where a line is neither.
fn steps(text: &str) -> Option<Vec<(i64, String)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = lines.map(|line| {
        let words: Vec<_> = line
            .split(|letter: char| letter == ';' || letter.is_whitespace())
            .map(|word| word.trim_end_matches([',', ':']))
            .filter(|word| !word.is_empty())
            .collect();
        match words.as_slice() {
            [price] => Some((1, amount(price))),
            [from, price] => Some((from.parse().ok()?, amount(price))),
            _ => None,
        }
    });
    read.collect()
}

/// Hundredths of a percent: `-10`, `+5`, `-7,5 %`.
pub(super) fn basis_points(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || rest.len() > 2 || !is_number(whole) || !is_number(rest) {
        return None;
    }
    let points: i64 = format!("{whole}{rest:0<2}").parse().ok()?;
    Some(sign * points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_people_type_them() {
        for (text, points) in [
            ("-10", Some(-1000)),
            ("−7,5 %", Some(-750)),
            ("+5", Some(500)),
            ("0", Some(0)),
            ("", None),
            ("ten", None),
            ("1.234", None),
        ] {
            assert_eq!(basis_points(text), points, "{text}");
        }
        let read = [(1, "9.50".to_owned()), (10, "8.90".to_owned())];
        assert_eq!(steps("9,50\n\n10: 8.90\n").as_deref(), Some(&read[..]));
        assert_eq!(steps(""), Some(Vec::new()));
        assert_eq!(steps("ten 8.90"), None);
    }
}

//! Whether a session adds up, as Klarna has it.

use serde_json::Value;

use super::error::KlarnaError;

/// By how much a line's tax may differ from what its rate makes of it.
const ROUNDING_MAX: i64 = 1;

/// # Errors
/// When an amount is missing, or does not add up with the others.
pub(super) fn check(session: &Value) -> Result<(), KlarnaError> {
    let bad = |of: &str| KlarnaError::bad_value(format!("Bad value: {of}"));
    let number = |of: &Value, name: &str| of[name].as_i64().ok_or_else(|| bad(name));
    for name in ["purchase_country", "purchase_currency", "merchant_reference2"] {
        if session[name].as_str().is_none_or(str::is_empty) {
            return Err(bad(name));
        }
    }
    let (amount, tax) = (number(session, "order_amount")?, number(session, "order_tax_amount")?);
    let (mut sum, mut taxes) = (0, 0);
    for line in session["order_lines"].as_array().ok_or_else(|| bad("order_lines"))? {
        let (total, rate) = (number(line, "total_amount")?, number(line, "tax_rate")?);
        let line_tax = number(line, "total_tax_amount")?;
        let discount = line["total_discount_amount"].as_i64().unwrap_or_default();
        if number(line, "unit_price")? * number(line, "quantity")? - discount != total {
            return Err(bad("total_amount"));
        }
        if rate < 0 || (total - total * 10_000 / (10_000 + rate) - line_tax).abs() > ROUNDING_MAX {
            return Err(bad("total_tax_amount"));
        }
        sum += total;
        taxes += if line["type"] == "sales_tax" { total } else { line_tax };
    }
    if amount <= 0 || sum != amount {
        return Err(bad("order_amount"));
    }
    match taxes == tax {
        true => Ok(()),
        false => Err(bad("order_tax_amount")),
    }
}

//! What the database holds as text or JSON, read with distrust: a row that should not be is a
//! fault that names it.

use sea_orm::JsonValue;
use vitrine_commerce::Fault;

/// A list of strings.
pub fn strings(
    json: &JsonValue,
    table: &'static str,
    column: &'static str,
    id: impl ToString,
) -> Result<Vec<String>, Fault> {
    let read = |value: &JsonValue| value.as_str().map(str::to_owned);
    let strings: Option<Vec<_>> = json.as_array().and_then(|values| values.iter().map(read).collect());
    strings.ok_or_else(|| Fault::Corrupt {
        table,
        column,
        id: id.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_should_not_be_is_named() {
        assert_eq!(
            strings(&serde_json::json!(["a", "b"]), "product", "tags", 1).ok(),
            Some(vec!["a".into(), "b".into()])
        );
        for json in [
            serde_json::json!("a"),
            serde_json::json!(["a", 1]),
            serde_json::json!(null),
        ] {
            let fault = strings(&json, "product", "tags", "prod_1").expect_err("corrupt");
            assert_eq!(fault.to_string(), "row prod_1 of product has an impossible tags");
        }
    }
}

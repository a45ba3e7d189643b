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

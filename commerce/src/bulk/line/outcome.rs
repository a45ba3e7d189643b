//! What became of a line, as its result tells it.

use serde_json::{Map, Value, json};
use vitrine_entity::{bulk_result, ids::BulkOperationId};

use crate::{ErrorCode, Refusal};

/// What became of a line.
pub(in crate::bulk) struct Outcome {
    ok: bool,
    told: Map<String, Value>,
}

impl Outcome {
    /// It was done; `names` is what names the things that it made or changed.
    pub(in crate::bulk) fn done(op: String, names: Value) -> Self {
        let mut told = Self::told(op, true);
        if let Value::Object(names) = names {
            told.extend(names);
        }
        Self { ok: true, told }
    }

    /// It was refused.
    pub(in crate::bulk) fn refused(op: String, refusals: &[Refusal]) -> Self {
        let errors = refusals.iter().map(|refusal| {
            json!({
                "code": code_name(refusal.code),
                "field": of_line(&refusal.field),
                "message": refusal.message.to_string(),
            })
        });
        let mut told = Self::told(op, false);
        told.insert("errors".to_owned(), errors.collect());
        Self { ok: false, told }
    }

    fn told(op: String, ok: bool) -> Map<String, Value> {
        let mut told = Map::new();
        told.insert("op".to_owned(), Value::String(op));
        told.insert("ok".to_owned(), Value::Bool(ok));
        told
    }

    /// As the row that is kept, for the line of this number.
    pub(in crate::bulk) fn row(self, bulk: BulkOperationId, line: i64) -> bulk_result::Model {
        let mut told = Map::new();
        told.insert("line".to_owned(), json!(line));
        told.extend(self.told);
        bulk_result::Model {
            bulk_operation_id: bulk,
            line,
            ok: self.ok,
            result: Value::Object(told).to_string(),
        }
    }
}

/// A field's path as the line has it: its one variant or metafield stands in no list there.
fn of_line(field: &[String]) -> &[String] {
    match field {
        [list, index, rest @ ..]
            if matches!(list.as_str(), "variants" | "variantIds" | "metafields") && index == "0" =>
        {
            rest
        }
        field => field,
    }
}

/// As the API's `ErrorCode` writes it.
fn code_name(code: ErrorCode) -> String {
    let mut name = String::new();
    for character in format!("{code:?}").chars() {
        if character.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(character.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_as_the_api_does() {
        assert_eq!(code_name(ErrorCode::VersionConflict), "VERSION_CONFLICT");
        assert_eq!(code_name(ErrorCode::Taken), "TAKEN");
    }
}

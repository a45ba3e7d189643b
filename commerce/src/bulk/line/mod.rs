//! A line of a file: an operation and its input. Each operation is the use case that staff have by itself, with the
//! names of its input; things may be named by id, by slug or by SKU.
//!
//! To add one: a function beside its kin, and a line in [`dispatch`] and in [`OPERATIONS`].

mod category;
mod input;
mod metafield;
mod names;
mod outcome;
mod product;
mod stock;
mod translation;
mod variant;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(super) use self::outcome::Outcome;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::{Message, messages},
};

/// What a line may ask for.
pub(super) const OPERATIONS: [&str; 17] = [
    "productCreate",
    "productUpdate",
    "productDelete",
    "productCategorySet",
    "variantCreate",
    "variantUpdate",
    "variantDelete",
    "priceSet",
    "stockSet",
    "stockAdjust",
    "categoryCreate",
    "categoryUpdate",
    "categoryDelete",
    "metafieldSet",
    "metafieldDelete",
    "translationSet",
    "translationRemove",
];

/// Where a line is done, and on whose behalf.
struct Place<'a> {
    tx: &'a Tx,
    context: &'a Context,
}

impl Place<'_> {
    fn shop(&self) -> &Shop {
        self.tx.shop()
    }
}

/// Does what a line asks for, within `tx`: see [`Tx::enclose`]. Gives the operation's name, and what names the
/// things that it made or changed.
pub(super) async fn perform(tx: &Tx, context: &Context, text: &str) -> (String, Result<Value>) {
    match read(text) {
        Ok((op, rest)) => {
            let place = Place { tx, context };
            let done = Box::pin(dispatch(&place, &op, rest)).await;
            (op, done)
        }
        Err(refusal) => (String::new(), Err(refusal.into())),
    }
}

fn read(text: &str) -> Result<(String, Map<String, Value>), Refusal> {
    let invalid = |message: Message| Refusal::new(ErrorCode::Invalid, message);
    let value: Value =
        serde_json::from_str(text).map_err(|error| invalid(messages::bulk_line_not_json(error.to_string())))?;
    let Value::Object(mut rest) = value else {
        return Err(invalid(messages::bulk_line_no_object(r#"{"op": "…", …}"#)));
    };
    match rest.remove("op") {
        Some(Value::String(op)) => Ok((op, rest)),
        _ => Err(invalid(messages::bulk_operation_missing(OPERATIONS.join(", "))).at(&["op"])),
    }
}

async fn dispatch(place: &Place<'_>, op: &str, mut rest: Map<String, Value>) -> Result<Value> {
    match op {
        "productCreate" => product::create(place, input(rest)?).await,
        "productUpdate" => product::update(place, input(rest)?).await,
        "productDelete" => product::delete(place, input(rest)?).await,
        "productCategorySet" => product::set_category(place, input(rest)?).await,
        "variantCreate" => {
            let of = variant::OF_PRODUCT.iter().filter_map(|field| rest.remove_entry(*field));
            let of = input(of.collect())?;
            variant::create(place, of, input(rest)?).await
        }
        "variantUpdate" => variant::update(place, input(rest)?).await,
        "variantDelete" => variant::delete(place, input(rest)?).await,
        "priceSet" => variant::set_price(place, input(rest)?).await,
        "stockSet" => stock::set(place, input(rest)?).await,
        "stockAdjust" => stock::adjust(place, input(rest)?).await,
        "categoryCreate" => category::create(place, input(rest)?).await,
        "categoryUpdate" => category::update(place, input(rest)?).await,
        "categoryDelete" => category::delete(place, input(rest)?).await,
        "metafieldSet" => metafield::set(place, input(rest)?).await,
        "metafieldDelete" => metafield::delete(place, input(rest)?).await,
        "translationSet" => translation::set(place, input(rest)?).await,
        "translationRemove" => translation::remove(place, input(rest)?).await,
        _ => {
            let message = messages::bulk_operation_unknown(OPERATIONS.join(", "));
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["op"]).into())
        }
    }
}

/// The rest of the line as an operation's input.
fn input<T: DeserializeOwned>(rest: Map<String, Value>) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(Value::Object(rest)).map_err(|error| {
        let path = error.path().iter().filter_map(|segment| match segment {
            serde_path_to_error::Segment::Map { key } => Some(key.clone()),
            serde_path_to_error::Segment::Seq { index } => Some(index.to_string()),
            _ => None,
        });
        let field: Vec<String> = path.collect();
        let mut refusal = Refusal::new(ErrorCode::Invalid, format!("{}.", error.inner()));
        refusal.field = field;
        refusal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_says_where() {
        let refused = |text: &str| {
            let (_, rest) = read(text)?;
            input::<variant::Update>(rest).map(drop)
        };
        for (text, field) in [
            ("mug", ""),
            ("[]", ""),
            ("{\"sku\": \"A\"}", "op"),
            (
                "{\"op\": \"variantUpdate\", \"sku\": \"A\", \"weightGrams\": \"heavy\"}",
                "weightGrams",
            ),
            ("{\"op\": \"variantUpdate\", \"sku\": \"A\", \"wieght\": 1}", "wieght"),
            (
                "{\"op\": \"variantUpdate\", \"sku\": \"A\", \"options\": [{\"name\": \"Size\"}]}",
                "options.0",
            ),
        ] {
            let refusal = refused(text).expect_err(text);
            assert_eq!(refusal.field.join("."), field, "{text}: {}", refusal.message);
        }
        assert!(refused("{\"op\": \"variantUpdate\", \"sku\": \"A\", \"price\": 12.5, \"barcode\": null}").is_ok());
    }
}

//! A collection's rule as rows of a form: of what a condition speaks, and what it wants of it.

use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    admin::{asked::is_day, typed::version},
    documents::admin_collection_rule as document,
    refusals::Refusal,
    visit::{Form, amount},
};

/// Of what a condition may speak, as the API calls it.
pub const KINDS: [&str; 10] = [
    "tag",
    "vendor",
    "categoryId",
    "titleContains",
    "attribute",
    "priceFrom",
    "priceTo",
    "inStock",
    "onSale",
    "createdAfter",
];

/// Empty rows below those that there are.
const MORE: usize = 3;
/// The API takes no more.
const CONDITIONS_MAX: usize = 20;

/// Between an attribute's name and its value.
const COLON: char = ':';

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    kind: String,
    text: String,
}

/// A condition, and the row of the form that it stood in.
pub struct Read {
    pub row: String,
    pub condition: document::CollectionConditionInput,
}

/// Of a document's rule, with a few empty ones; `called` says what a category is called, by its id, and `said` yes and no.
pub fn rows(rule: &impl Serialize, called: impl Fn(&str) -> Option<String>, said: impl Fn(bool) -> String) -> Vec<Row> {
    let rule = serde_json::to_value(rule).unwrap_or_default();
    let conditions = rule["conditions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut rows: Vec<_> = conditions
        .iter()
        .filter_map(|condition| row(condition, &called, &said))
        .collect();
    for _ in 0..MORE.min(CONDITIONS_MAX.saturating_sub(rows.len())) {
        rows.push(Row {
            kind: KINDS[0].to_owned(),
            text: String::new(),
        });
    }
    rows
}

fn row(condition: &Json, called: &impl Fn(&str) -> Option<String>, said: &impl Fn(bool) -> String) -> Option<Row> {
    let kind = KINDS.iter().find(|kind| !condition[**kind].is_null())?;
    let wanted = &condition[*kind];
    let whole = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let text = match *kind {
        "attribute" => format!("{}{COLON} {}", whole(&wanted["name"]), whole(&wanted["value"])),
        "priceFrom" | "priceTo" => whole(&wanted["amount"]),
        "inStock" | "onSale" => said(wanted == true),
        "createdAfter" => whole(wanted).chars().take(10).collect(),
        "categoryId" => called(&whole(wanted)).unwrap_or_else(|| whole(wanted)),
        _ => whole(wanted),
    };
    Some(Row {
        kind: (*kind).to_owned(),
        text,
    })
}

/// The conditions of a form; empty rows are none. `id` knows what a category is called, and `said` which of yes and no a
/// word in small letters is, where it is either.
///
/// # Errors
/// Told at the row's text.
pub fn read(
    form: &Form,
    id: impl Fn(&str) -> Option<String>,
    said: impl Fn(&str) -> Option<bool>,
) -> Result<Vec<Read>, Vec<Refusal>> {
    let (mut read, mut wrong) = (Vec::new(), Vec::new());
    for row in form.all("row") {
        let text = form.text(&field(&row, "text"));
        if text.is_empty() {
            continue;
        }
        match condition(form.text(&field(&row, "kind")), text, &id, &said) {
            Some(condition) => read.push(Read { row, condition }),
            None => wrong.push(Refusal::at("INVALID", &field(&row, "text"))),
        }
    }
    if wrong.is_empty() { Ok(read) } else { Err(wrong) }
}

/// What the API refused, told in the row that it is about.
pub fn at_rows(refusals: Vec<Refusal>, read: &[Read]) -> Vec<Refusal> {
    let told = refusals.into_iter().map(|refusal| match refusal.place("conditions") {
        Some(place) if place < read.len() => {
            let name = field(&read[place].row, "text");
            Refusal::said(refusal.message().to_owned(), &name)
        }
        _ => refusal,
    });
    told.collect()
}

fn field(row: &str, name: &str) -> String {
    format!("{row}.{name}")
}

fn condition(
    kind: &str,
    text: &str,
    id: &impl Fn(&str) -> Option<String>,
    said: &impl Fn(&str) -> Option<bool>,
) -> Option<document::CollectionConditionInput> {
    let mut condition = document::CollectionConditionInput {
        attribute: None,
        category_id: None,
        created_after: None,
        in_stock: None,
        on_sale: None,
        price_from: None,
        price_to: None,
        tag: None,
        title_contains: None,
        vendor: None,
    };
    let text = text.to_owned();
    match kind {
        "tag" => condition.tag = Some(text),
        "vendor" => condition.vendor = Some(text),
        "titleContains" => condition.title_contains = Some(text),
        "priceFrom" => condition.price_from = Some(amount(&text)),
        "priceTo" => condition.price_to = Some(amount(&text)),
        "categoryId" => condition.category_id = Some(id(&text)?),
        "inStock" => condition.in_stock = Some(said(&text.to_lowercase())?),
        "onSale" => condition.on_sale = Some(said(&text.to_lowercase())?),
        "createdAfter" if is_day(&text) => condition.created_after = Some(format!("{text}T00:00:00Z")),
        "attribute" => {
            let (name, value) = text.split_once(COLON)?;
            condition.attribute = Some(document::CollectionAttributeInput {
                name: name.trim().to_owned(),
                value: value.trim().to_owned(),
            });
        }
        _ => return None,
    }
    Some(condition)
}

/// What the rule becomes: nothing where the collection is made by hand from now on.
pub fn input(id: String, form: &Form, read: &[Read]) -> document::CollectionUpdateInput {
    let conditions = read.iter().map(|read| read.condition.clone());
    let rule = form.some("match").map(|every| document::CollectionRuleInput {
        conditions: conditions.collect(),
        match_: document::CollectionRuleMatch::Other(every),
    });
    document::CollectionUpdateInput {
        description: None,
        expected_version: version(form),
        id,
        picture: None,
        position: None,
        published: None,
        rule,
        seo_description: None,
        seo_title: None,
        slug: None,
        title: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_and_conditions_are_the_same() {
        let rule = json!({ "conditions": [
            { "tag": "oak", "vendor": null },
            { "attribute": { "name": "Room", "value": "Hall" } },
            { "priceFrom": { "amount": "12.50" } },
            { "inStock": false },
            { "categoryId": "cat_1" },
            { "createdAfter": "2026-11-29T00:00:00Z" },
        ] });
        let shown = rows(
            &rule,
            |id| (id == "cat_1").then(|| "lamps".to_owned()),
            |is_so| if is_so { "yes" } else { "no" }.to_owned(),
        );
        let texts: Vec<_> = shown.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(
            texts,
            ["oak", "Room: Hall", "12.50", "no", "lamps", "2026-11-29", "", "", ""]
        );

        let mut query = form_urlencoded::Serializer::new(String::new());
        for (place, row) in shown.iter().enumerate() {
            query.append_pair("row", &place.to_string());
            query.append_pair(&format!("{place}.kind"), &row.kind);
            query.append_pair(&format!("{place}.text"), &row.text);
        }
        let form = Form::from(query.finish().as_str());
        let said = |text: &str| (text == "no").then_some(false);
        let read = read(&form, |slug| (slug == "lamps").then(|| "cat_1".to_owned()), said).expect("conditions");
        assert_eq!(read[3].condition.in_stock, Some(false));
        assert_eq!(read.len(), 6);
        assert_eq!(read[4].condition.category_id.as_deref(), Some("cat_1"));
        let form = Form::from("row=0&0.kind=inStock&0.text=perhaps&row=1&1.kind=tag&1.text=oak");
        let wrong = super::read(&form, |_| None, said).err().expect("a refusal");
        assert_eq!(wrong[0].name(), "0.text");
    }
}

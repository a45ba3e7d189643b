//! Postal addresses in forms: their fields, called as the input's are, and which of them a country's post needs.

use minijinja::{Value, context};
use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    documents::{AddressRules, address_rules as rules},
    problem::Problem,
    refusals::Errors,
    shown::value,
    visit::{Form, Visit},
};

/// All but the country, by the input's names.
pub const FIELDS: [&str; 8] = [
    "name",
    "company",
    "line1",
    "line2",
    "postalCode",
    "city",
    "region",
    "phone",
];

/// What a form has of an address, by its fields.
pub type Values = Errors;

/// A form's fields in a country, as its post needs them, with what stands in them.
///
/// # Errors
/// Where the countries cannot be asked for.
pub async fn fields(visit: &Visit, country: &str, values: &Values) -> Result<Value, Problem> {
    let asked = rules::Variables {
        code: country.to_owned(),
        language: visit.language.clone(),
    };
    let rules = visit.ask(AddressRules, asked).await?;
    // What was chosen stays, also where nothing is sent to: whoever reckons the shipping says so.
    let is_delivered = rules.countries.iter().any(|known| known.code == country);
    Ok(context! {
        country,
        is_delivered,
        is_switched => false,
        values => value(values),
        countries => value(&rules.countries),
        rules => value(&rules.country),
    })
}

/// Of an address as every document asks for it, whatever its own type is.
pub fn values(address: &impl Serialize) -> Values {
    let address = serde_json::to_value(address).unwrap_or_default();
    let text = |name: &str| address.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    FIELDS.iter().map(|name| ((*name).to_owned(), text(name))).collect()
}

/// An address that the shop has, as if it had been typed again: what is changed beside it is sent with it.
pub fn retyped(address: &impl Serialize) -> Form {
    let country = serde_json::to_value(address).unwrap_or_default();
    let country = country
        .get("countryCode")
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned();
    let fields = values(address).into_iter();
    Form::from(fields.chain([("countryCode".to_owned(), country)]).collect::<Vec<_>>())
}

/// As it was typed.
pub fn typed(form: &Form) -> Values {
    let typed = FIELDS
        .iter()
        .map(|name| ((*name).to_owned(), form.text(name).to_owned()));
    typed.collect()
}

/// Whether anything was; the country, which a list always has, is nothing.
pub fn is_typed(form: &Form) -> bool {
    FIELDS.iter().any(|name| !form.text(name).is_empty())
}

/// The chosen country; without the list of them, as the fields were shown for it.
pub fn country(form: &Form) -> String {
    form.some("countryCode")
        .or_else(|| form.some("fieldsOf"))
        .unwrap_or_default()
}

/// Whether another country was chosen than the fields are of, and no script has changed them: what was typed is to be
/// looked at again, in its fields.
pub fn is_switched(form: &Form) -> bool {
    form.some("fieldsOf").is_some_and(|shown| shown != country(form))
}

/// What was typed as one of the documents takes it, each of which has a type of its own.
macro_rules! input {
    ($form:expr, $document:ident) => {{
        let form: &$crate::visit::Form = $form;
        let text = |name: &str| form.text(name).to_owned();
        $document::MailingAddressInput {
            city: form.some("city"),
            company: form.some("company"),
            country_code: $crate::postal::country(form),
            line1: text("line1"),
            line2: form.some("line2"),
            name: text("name"),
            phone: form.some("phone"),
            postal_code: form.some("postalCode"),
            region: form.some("region"),
        }
    }};
}
pub(crate) use input;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn another_country_has_other_fields() {
        let form = |text: &str| Form::from(text);
        assert_eq!(country(&form("countryCode=US&fieldsOf=DE")), "US");
        assert!(is_switched(&form("countryCode=US&fieldsOf=DE")));
        assert!(!is_switched(&form("countryCode=DE&fieldsOf=DE")) && !is_switched(&form("countryCode=US")));
        assert_eq!(country(&form("fieldsOf=DE")), "DE");
    }

    #[test]
    fn a_known_address_is_typed_again() {
        let form = retyped(&json!({ "name": "Ada", "line2": null, "countryCode": "DE" }));
        assert_eq!((form.text("name"), country(&form).as_str()), ("Ada", "DE"));
        assert_eq!(form.some("line2"), None);
    }

    #[test]
    fn an_address_fills_its_fields() {
        let values = values(&json!({ "name": "Ada", "line2": null, "postalCode": "10115", "countryCode": "DE" }));
        assert_eq!((values["name"].as_str(), values["line2"].as_str()), ("Ada", ""));
        assert_eq!(values["postalCode"], "10115");
        assert!(!is_typed(&Form::from("countryCode=DE&name=+")) && is_typed(&Form::from("city=Ulm")));
    }
}

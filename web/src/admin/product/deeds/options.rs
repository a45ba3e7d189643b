//! What tells a product's variants apart. The form has all options at once, because the API takes away those that it is not
//! sent: a field is called by the option's place and its own name (`0.newName`), and a value by its place there
//! (`0.value.2`).

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{texts, version},
    },
    documents::{
        AdminProductOptions,
        admin_product_options::{self as document, ProductOptionUpdateInput, ProductOptionValueInput},
    },
    refusals::Refusal,
    visit::Form,
};

/// What the row is called that may add an option.
const NEW: &str = "new";

pub async fn save(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let input = document::ProductOptionsUpdateInput {
        expected_version: version(form),
        options: form.all("row").iter().filter_map(|row| option(row, form)).collect(),
        product_id,
    };
    let refused = deed::run(staff, AdminProductOptions, document::Variables { input }).await?;
    // An option has one field for all values that are added, and each that is there a field of its own.
    let at_option = |refusal: Refusal| refusal.at_list(&["values"]);
    Ok(refused.into_iter().map(at_option).collect())
}

/// Nothing for one that goes, and for a new one that has no name.
fn option(row: &str, form: &Form) -> Option<ProductOptionUpdateInput> {
    let field = |name: &str| format!("{row}.{name}");
    if form.field(&field("remove")).is_some() {
        return None;
    }
    let name = form.some(&field("name"))?;
    let more = texts(form.text(&field("values")))
        .into_iter()
        .map(|value| named(value, None));
    Some(ProductOptionUpdateInput {
        new_name: form.some(&field("newName")).filter(|new| *new != name && row != NEW),
        values: Some(kept(row, form).chain(more).collect()),
        name,
    })
}

/// The values that were there: called as their fields say, and gone where nothing stands there.
fn kept(row: &str, form: &Form) -> impl Iterator<Item = ProductOptionValueInput> {
    let was = (0..).map_while(move |place| Some((place, form.some(&format!("{row}.was.{place}"))?)));
    was.filter_map(move |(place, was)| {
        let now = form.some(&format!("{row}.value.{place}"))?;
        let new = Some(now).filter(|now| *now != was);
        Some(named(was, new))
    })
}

fn named(value: String, new_value: Option<String>) -> ProductOptionValueInput {
    ProductOptionValueInput {
        new_value,
        swatch: None,
        value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_what_becomes_of_its_option() {
        let form = Form::from(
            "0.name=Size&0.newName=Width&0.was.0=S&0.was.1=M&0.was.2=1,5+m&0.value.0=Small&0.value.1=&0.value.2=1,5+m&0.values=L, XL\
             &1.name=Wood&1.remove=yes&new.name=&2.name=Shade",
        );
        let size = option("0", &form).expect("an option");
        assert_eq!((size.name.as_str(), size.new_name.as_deref()), ("Size", Some("Width")));
        let values: Vec<_> = size
            .values
            .iter()
            .flatten()
            .map(|value| (value.value.as_str(), value.new_value.as_deref()))
            .collect();
        assert_eq!(
            values,
            [("S", Some("Small")), ("1,5 m", None), ("L", None), ("XL", None)]
        );
        assert!(option("1", &form).is_none() && option(NEW, &form).is_none());
        assert!(option("2", &form).is_some_and(|shade| shade.new_name.is_none()));
    }
}

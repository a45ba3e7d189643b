//! Which variant is chosen, and where each value of each option leads.

use serde::Serialize;

use crate::documents::product_page::{ProductPageProduct, ProductPageProductVariants};

#[derive(Serialize)]
pub struct OptionLinks {
    name: String,
    chosen: String,
    values: Vec<ValueLink>,
}

#[derive(Serialize)]
struct ValueLink {
    name: String,
    colour: Option<String>,
    href: String,
    selected: bool,
    /// Whether it can be bought together with what else is chosen.
    available: bool,
}

/// The variant that fits most of what is wished for; of equals one that can be bought, and then the first.
pub fn choose<'a>(
    product: &'a ProductPageProduct,
    wished: &[(String, String)],
) -> Option<&'a ProductPageProductVariants> {
    let fits = |variant: &ProductPageProductVariants| {
        let met = variant.options.iter();
        met.filter(|option| {
            wished
                .iter()
                .any(|(name, value)| *name == option.name && *value == option.value)
        })
        .count()
    };
    let variants = product.variants.iter().enumerate();
    let best =
        variants.max_by_key(|(index, variant)| (fits(variant), variant.available_for_sale, std::cmp::Reverse(*index)));
    best.map(|(_, variant)| variant)
}

/// Of a product without a choice there are none. `path`: the page's own, with which they begin.
pub fn links(
    path: &str,
    product: &ProductPageProduct,
    chosen: Option<&ProductPageProductVariants>,
) -> Vec<OptionLinks> {
    let Some(chosen) = chosen.filter(|_| product.variants.len() > 1) else {
        return Vec::new();
    };
    let links = product.options.iter().map(|option| OptionLinks {
        name: option.name.clone(),
        chosen: value_of(chosen, &option.name).unwrap_or_default().to_owned(),
        values: option
            .option_values
            .iter()
            .map(|value| ValueLink {
                name: value.name.clone(),
                colour: value.swatch.as_ref().and_then(|swatch| swatch.colour.clone()),
                href: href(path, chosen, &option.name, &value.name),
                selected: value_of(chosen, &option.name) == Some(&value.name),
                available: is_available(product, chosen, &option.name, &value.name),
            })
            .collect(),
    });
    links.collect()
}

fn value_of<'a>(variant: &'a ProductPageProductVariants, name: &str) -> Option<&'a str> {
    let option = variant.options.iter().find(|option| option.name == name);
    option.map(|option| option.value.as_str())
}

fn href(path: &str, chosen: &ProductPageProductVariants, name: &str, value: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for option in &chosen.options {
        let value = if option.name == name { value } else { &option.value };
        query.append_pair(&option.name, value);
    }
    format!("{path}?{}", query.finish())
}

fn is_available(product: &ProductPageProduct, chosen: &ProductPageProductVariants, name: &str, value: &str) -> bool {
    product.variants.iter().any(|variant| {
        let mut others = chosen.options.iter().filter(|option| option.name != name);
        variant.available_for_sale
            && value_of(variant, name) == Some(value)
            && others.all(|option| value_of(variant, &option.name) == Some(&option.value))
    })
}

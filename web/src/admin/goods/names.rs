//! What a form calls its goods: by their ids, as its boxes do, or by a SKU or the name in an address, as somebody types them.

use super::{Kind, Picker};
use crate::{
    admin::staff::Staff,
    documents::{AdminGoodsOne, admin_goods_one as document},
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// Of an id, behind what says of what it is.
const ID_LETTERS: usize = 26;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub id: String,
    /// As it was typed.
    pub number: Option<String>,
}

impl Chosen {
    /// A whole number; one where nothing was typed. Nothing where it is none.
    pub fn quantity(&self) -> Option<i64> {
        self.number.as_deref().map_or(Some(1), |number| number.parse().ok())
    }
}

/// What a form has chosen in a field. Nothing where something in it is not there.
///
/// # Errors
/// Where there is no answer to it.
pub async fn chosen(staff: &Staff, form: &Form, picker: Picker) -> Result<Result<Vec<Chosen>, Refusal>, Problem> {
    let mut chosen: Vec<Chosen> = Vec::new();
    for name in names(form, picker.name) {
        let Some(id) = id_of(staff, picker.kind, &name).await? else {
            let message = staff.visit.say("admin.goods.unknown").replace("{name}", &name);
            return Ok(Err(Refusal::said(message, picker.name)));
        };
        if chosen.iter().all(|known| known.id != id) {
            let number = form.some(&number_field(picker.name, &name));
            chosen.push(Chosen { id, number });
        }
    }
    Ok(Ok(chosen))
}

/// All names in a field: of what is ticked, and what was typed and not searched for.
pub fn names(form: &Form, field: &str) -> Vec<String> {
    let typed = form.some(&words_field(field));
    ticked(form, field).into_iter().chain(typed).collect()
}

pub(super) fn ticked(form: &Form, field: &str) -> Vec<String> {
    let values = form.all(field);
    let lines = values.iter().flat_map(|value| value.lines()).map(str::trim);
    lines.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Of a product by a SKU of it, too.
///
/// # Errors
/// Where there is no answer to it.
pub async fn id_of(staff: &Staff, kind: Kind, name: &str) -> Result<Option<String>, Problem> {
    if is_id(kind, name) {
        return Ok(Some(name.to_owned()));
    }
    let variables = document::Variables { name: name.to_owned() };
    let found = staff.visit.ask(AdminGoodsOne, variables).await?;
    Ok(match kind {
        Kind::Variants => found.variant.map(|variant| variant.id),
        Kind::Products => {
            let by_sku = found.variant.map(|variant| variant.product.id);
            by_sku.or(found.product.map(|product| product.id))
        }
    })
}

fn is_id(kind: Kind, name: &str) -> bool {
    let begins = match kind {
        Kind::Products => "prod_",
        Kind::Variants => "var_",
    };
    let rest = name.strip_prefix(begins).unwrap_or_default();
    rest.len() == ID_LETTERS && rest.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// Where the words stand that are searched for.
pub(super) fn words_field(field: &str) -> String {
    format!("find.{field}")
}

/// Where the number of one of them stands.
pub(super) fn number_field(field: &str, name: &str) -> String {
    format!("{field}.number.{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_names_what_is_ticked_and_what_is_typed() {
        let form = Form::from("pins=prod_1&pins=+lamp%0Amug+&find.pins=LMP-1&find.other=x");
        assert_eq!(names(&form, "pins"), ["prod_1", "lamp", "mug", "LMP-1"]);
        assert_eq!(ticked(&form, "pins"), ["prod_1", "lamp", "mug"]);
        assert!(names(&form, "none").is_empty());
    }

    #[test]
    fn an_id_is_told_from_a_sku() {
        assert!(is_id(Kind::Products, "prod_01m8nyh10seept6adqbea2b09a"));
        assert!(is_id(Kind::Variants, "var_01m8nyh10cevhb2eny91vn59v8"));
        for (kind, name) in [
            (Kind::Products, "var_01m8nyh10cevhb2eny91vn59v8"),
            (Kind::Variants, "var_1"),
            (Kind::Variants, "VAR-01"),
            (Kind::Products, "prod_01m8nyh10seept6adqbea2b0-a"),
        ] {
            assert!(!is_id(kind, name), "{name}");
        }
    }
}

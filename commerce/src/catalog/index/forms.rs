//! What products are found by in one language where the database answers in an engine's place: their words as that language
//! compares them, as `product_word_forms` keeps them. A shop without such a language has no rows and asks for none.

use std::collections::{HashMap, HashSet};

use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    ids::ProductId,
    product,
    product_word_forms::{self, Column as C},
};

use super::{
    said::{Said, said_of},
    translated::{Translated, translated_of},
};
use crate::{Context, Result, Shop, sql, words::analysis::Analysis};

/// How many rows one transaction writes.
const STEP: usize = 100;
/// The most bytes of a product's words in one language: what stands behind is not found.
const FORMS_BYTES_MAX: usize = 4_000;
/// How often rows are looked at again that were written.
const LOOKS_MAX: usize = 4;

/// What one row should be: a product, a language, its forms there.
type Row = (ProductId, String, String);

/// Writes the rows of `products` that are not what they should be, and looks again at what it has written: whoever read before a
/// change may write after those who read behind it.
pub(super) async fn refresh(shop: &Shop, products: &[ProductId]) -> Result<()> {
    let profile = shop.profile();
    let analyses = Analysis::of_shop(profile.languages.iter().map(AsRef::as_ref));
    if analyses.is_empty() || products.is_empty() {
        return Ok(());
    }
    let mut products = products.to_vec();
    for _ in 0..LOOKS_MAX {
        let stale = stale(shop, &products, &analyses).await?;
        if stale.is_empty() {
            break;
        }
        write(shop, &stale).await?;
        products = stale.into_iter().map(|(product, _, _)| product).collect();
        products.dedup();
    }
    Ok(())
}

async fn stale(shop: &Shop, products: &[ProductId], analyses: &[&'static Analysis]) -> Result<Vec<Row>> {
    let wanted = wanted(shop, products, analyses).await?;
    let kept = product_word_forms::Entity::find()
        .filter(sql::among(&shop.db, C::ProductId, products.iter().copied()))
        .all(&shop.db)
        .await?;
    let kept: HashSet<Row> = kept
        .into_iter()
        .map(|row| (row.product_id, row.language, row.forms))
        .collect();
    Ok(wanted.into_iter().filter(|row| !kept.contains(row)).collect())
}

async fn write(shop: &Shop, stale: &[Row]) -> Result<()> {
    let context = &Context::system(shop, "word-forms");
    for stale in stale.chunks(STEP) {
        let written = shop.transact(context, |tx| async move {
            let sql = "insert into product_word_forms (product_id, language, forms) values ($1, $2, $3) \
                on conflict (product_id, language) do update set forms = excluded.forms";
            for (product, language, forms) in stale {
                let values = [(*product).into(), language.as_str().into(), forms.as_str().into()];
                sql::execute(tx.db(), sql, values).await?;
            }
            Ok(())
        });
        written.await?;
    }
    Ok(())
}

async fn wanted(shop: &Shop, products: &[ProductId], analyses: &[&'static Analysis]) -> Result<Vec<Row>> {
    use product::Column::{Id, Tags, Title, Vendor};
    let rows: Vec<(ProductId, String, Option<String>, serde_json::Value)> = product::Entity::find()
        .select_only()
        .columns([Id, Title, Vendor, Tags])
        .filter(sql::among(&shop.db, Id, products.iter().copied()))
        .into_tuple()
        .all(&shop.db)
        .await?;
    let said: HashMap<ProductId, Said> = said_of(&shop.db, products, shop.profile().languages.len() > 1).await?;
    let translated = translated_of(shop, products, &said).await?;
    let untranslated = Translated::default();
    let mut wanted = Vec::new();
    for (id, title, vendor, tags) in rows {
        let tags = tags
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(serde_json::Value::as_str);
        let others = translated
            .get(&id)
            .unwrap_or(&untranslated)
            .words
            .iter()
            .map(String::as_str);
        let values = said.get(&id).map(values_of).unwrap_or_default();
        let texts = std::iter::once(title.as_str())
            .chain(others)
            .chain(vendor.as_deref())
            .chain(tags);
        let texts: Vec<&str> = texts.chain(values.iter().map(String::as_str)).collect();
        let of_language = |analysis: &&Analysis| (id, analysis.code.to_owned(), forms(analysis, &texts));
        wanted.extend(analyses.iter().map(of_language));
    }
    Ok(wanted)
}

/// The values of its options and attributes.
fn values_of(said: &Said) -> Vec<String> {
    let options = said
        .options
        .iter()
        .flat_map(|(_, values)| values.as_array().into_iter().flatten());
    let options = options.filter_map(|value| value.as_str().map(str::to_owned));
    let attributes = said.attributes.iter().map(|(_, value)| value.clone());
    let of_variants = said.of_variants.iter().map(|(_, _, value)| value.clone());
    options.chain(attributes).chain(of_variants).collect()
}

/// Each once, with a blank around it.
fn forms(analysis: &Analysis, texts: &[&str]) -> String {
    let mut forms = String::from(" ");
    for form in texts.iter().flat_map(|text| analysis.forms(text)) {
        if forms.len() + form.len() > FORMS_BYTES_MAX {
            break;
        }
        if !forms.contains(&format!(" {form} ")) {
            forms.push_str(&form);
            forms.push(' ');
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_there_once_and_no_more_than_there_is_room_for() {
        let german = Analysis::of("de").expect("a language");
        assert_eq!(forms(german, &["Häuser und Haus", "Leuchten"]), " haus und leucht ");
        let many: Vec<String> = (0..3_000).map(|number| format!("wort{number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(forms(german, &many).len() <= FORMS_BYTES_MAX + 1);
    }
}

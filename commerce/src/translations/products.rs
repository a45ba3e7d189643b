//! Products as a shopper reads them, for whoever shows whole rows.

use vitrine_entity::product;

use super::{language::languages, load::of_things, thing::Thing};
use crate::{Context, Result, Shop};

/// Products with their own texts in the language asked for; nothing is read where that is the shop's own.
pub async fn in_language(shop: &Shop, context: &Context, mut rows: Vec<product::Model>) -> Result<Vec<product::Model>> {
    let things: Vec<_> = rows.iter().map(|row| Thing::Product(row.id)).collect();
    let known = of_things(&shop.db, &languages(shop, context), &things).await?;
    for row in &mut rows {
        let Some(words) = known.get(&Thing::Product(row.id)) else {
            continue;
        };
        let replace = |text: &mut String, field: &str| {
            if let Some(translated) = words.get(field) {
                translated.clone_into(text);
            }
        };
        replace(&mut row.title, "title");
        replace(&mut row.slug, "slug");
        replace(&mut row.description_html, "descriptionHtml");
        row.seo_title.iter_mut().for_each(|text| replace(text, "seoTitle"));
        row.seo_description
            .iter_mut()
            .for_each(|text| replace(text, "seoDescription"));
    }
    Ok(rows)
}

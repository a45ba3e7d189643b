//! What a picker shows: goods that fit words, and those that are chosen, as their fragments have them.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Kind;
use crate::{
    admin::staff::{Permission, Staff},
    documents::{
        AdminGoodsFind, AdminGoodsFindVariants, AdminGoodsNamed, admin_goods_find as find_document,
        admin_goods_find_variants as variants_document, admin_goods_named as named_document,
    },
    problem::Problem,
};

/// More variants make no choice.
const FOUND_MAX: usize = 24;

/// The API names no more at once.
const NAMED_MAX: usize = 100;

/// What fits some words. Who may not see drafts finds what shoppers do.
pub async fn find(staff: &Staff, kind: Kind, words: &str) -> Result<Vec<Json>, Problem> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (words_asked, all) = (words.to_owned(), staff.may(Permission::Catalog));
    let data = match kind {
        Kind::Products => {
            let variables = find_document::Variables {
                words: words_asked,
                all,
            };
            json_of(&staff.visit.ask(AdminGoodsFind, variables).await?)
        }
        Kind::Variants => {
            let variables = variants_document::Variables {
                words: words_asked,
                all,
            };
            json_of(&staff.visit.ask(AdminGoodsFindVariants, variables).await?)
        }
    };
    let lists = ["products", "productSearch"].map(|list| data[list]["nodes"].as_array().cloned());
    let products = lists.into_iter().flatten().flatten();
    let rows = products.flat_map(|product| match kind {
        Kind::Products => vec![product],
        Kind::Variants => fitting(&product, words),
    });
    Ok(rows.take(FOUND_MAX).collect())
}

/// Of a product the variants that are meant; all of them where the words fit none by itself.
fn fitting(product: &Json, words: &str) -> Vec<Json> {
    let all = product["variants"].as_array().cloned().unwrap_or_default();
    let words = words.to_lowercase();
    let fits = |variant: &&Json| {
        let text = |name: &str| variant[name].as_str().unwrap_or_default().to_lowercase();
        text("sku").contains(&words) || text("title").contains(&words)
    };
    let meant: Vec<_> = all.iter().filter(fits).cloned().collect();
    if meant.is_empty() { all } else { meant }
}

/// Those of some ids, in their order. What is not told stays, by its id: nothing that was chosen is lost.
pub async fn named(staff: &Staff, ids: &[String]) -> Result<Vec<Json>, Problem> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(NAMED_MAX) {
        let variables = named_document::Variables { ids: some.to_vec() };
        let data = json_of(&staff.visit.ask(AdminGoodsNamed, variables).await?);
        let told = data["nodes"].as_array().cloned().unwrap_or_default();
        let row = |id: &String| {
            let known = told.iter().find(|node| node["id"].as_str() == Some(id));
            known.cloned().unwrap_or_else(|| json!({ "id": id }))
        };
        rows.extend(some.iter().map(row));
    }
    Ok(rows)
}

fn json_of(data: &impl Serialize) -> Json {
    serde_json::to_value(data).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variants_are_shown_that_are_meant() {
        let product =
            json!({ "variants": [{ "sku": "LMP-RED", "title": "Red" }, { "sku": "LMP-SEA", "title": "Sea" }] });
        let skus = |words| {
            fitting(&product, words)
                .iter()
                .map(|row| row["sku"].to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(skus("sea"), ["\"LMP-SEA\""]);
        assert_eq!(skus("lmp-red"), ["\"LMP-RED\""]);
        assert_eq!(skus("lamp").len(), 2);
    }
}

//! What is kept with a product's title: by what titles are sorted in the shop's language, and by which words it is found
//! where no search engine is asked.

use sea_orm::{EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde_json::Value;
use vitrine_entity::{ids::ProductId, product};

use crate::{
    Context, Result, Shop, sql,
    words::{collation::sort_key, folded, spellings::spellings},
};

/// How many rows one transaction writes.
const STEP: usize = 100;
/// The most bytes of a product's words: what stands behind is not found.
const WORDS_BYTES_MAX: usize = 4_000;

/// By what a title is sorted.
pub(super) fn key(shop: &Shop, title: &str) -> Vec<u8> {
    sort_key(&shop.profile().language(), title)
}

/// The folded words of title, vendor and tags, and how else they are spelled, with a blank around each.
pub(super) fn words(title: &str, vendor: Option<&str>, tags: &Value) -> String {
    let tags = tags.as_array().into_iter().flatten().filter_map(Value::as_str);
    let texts: Vec<&str> = std::iter::once(title).chain(vendor).chain(tags).collect();
    let own = texts.iter().flat_map(|text| folded(text));
    let mut words = String::from(" ");
    for word in own.chain(spellings(texts.iter().copied()).others) {
        if words.len() + word.len() > WORDS_BYTES_MAX {
            break;
        }
        if !words.contains(&format!(" {word} ")) {
            words.push_str(&word);
            words.push(' ');
        }
    }
    words
}

/// What is read of a product's row: another column that cannot be read matters to others.
#[derive(FromQueryResult)]
struct Row {
    id: ProductId,
    version: i64,
    title: String,
    vendor: Option<String>,
    tags: Value,
    title_key: Vec<u8>,
    words: String,
}

/// What is kept with a product's title.
struct Kept {
    id: ProductId,
    version: i64,
    key: Vec<u8>,
    words: String,
}

/// Writes keys and words of `products` that are not what they should be: of what another version wrote, or while the shop
/// had another language.
pub(super) async fn refresh(shop: &Shop, products: &[ProductId]) -> Result<()> {
    use product::Column::{Id, Tags, Title, TitleKey, Vendor, Version, Words};
    let rows: Vec<Row> = product::Entity::find()
        .select_only()
        .columns([Id, Version, Title, Vendor, Tags, TitleKey, Words])
        .filter(sql::among(&shop.db, product::Column::Id, products.iter().copied()))
        .into_model()
        .all(&shop.db)
        .await?;
    let stale = rows.iter().filter_map(|row| {
        let kept = Kept {
            id: row.id,
            version: row.version,
            key: key(shop, &row.title),
            words: words(&row.title, row.vendor.as_deref(), &row.tags),
        };
        (kept.key != row.title_key || kept.words != row.words).then_some(kept)
    });
    let stale: Vec<Kept> = stale.collect();
    let context = &Context::system(shop, "sort-titles");
    for stale in stale.chunks(STEP) {
        let written = shop.transact(context, |tx| async move {
            let sql = "update product set title_key = $2, words = $3 where id = $1 and version = $4";
            for Kept {
                id,
                version,
                key,
                words,
            } in stale
            {
                let values = [
                    (*id).into(),
                    key.clone().into(),
                    words.as_str().into(),
                    (*version).into(),
                ];
                sql::execute(tx.db(), sql, values).await?;
            }
            Ok(())
        });
        written.await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_are_folded_and_spelled_in_other_ways() {
        let words = words("Größe Łódź T-Shirt", Some("Ærø"), &json!(["Ölflasche", "größe"]));
        for word in [
            "grosse",
            "groesse",
            "lodz",
            "shirt",
            "tshirt",
            "aero",
            "olflasche",
            "oelflasche",
        ] {
            assert_eq!(words.matches(&format!(" {word} ")).count(), 1, "{word}: {words}");
        }
        assert!(super::words(&"木の机 ".repeat(2_000), None, &json!([])).len() <= WORDS_BYTES_MAX + 1);
    }
}

//! What is said of products beside themselves and their variants, in one statement.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use serde_json::Value as Json;
use uuid::Uuid;
use vitrine_entity::ids::{CollectionId, ProductId, VariantId};

use crate::{Fault, Result, catalog::categories::DEPTH_MAX, reader::Reader, sql};

/// What is said of a product.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// By what it is chosen, in order: names, and lists of values.
    pub(super) options: Vec<(String, Json)>,
    /// Names and values.
    pub(super) attributes: Vec<(String, String)>,
    /// Names and values, of all variants.
    pub(super) of_variants: Vec<(VariantId, String, String)>,
    /// The slugs of the published collections that hold it.
    pub(super) collections: Vec<String>,
    /// All that hold it.
    pub(super) held_by: Vec<CollectionId>,
    /// Slugs, from the root down to the product's own.
    pub(super) categories: Vec<String>,
    /// What those are called in other languages.
    pub(super) category_names: Vec<String>,
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    product_id: ProductId,
    /// The product's id where it is of no variant, and a collection's where that is all there is to say of it.
    variant_id: Uuid,
    name: String,
    value: String,
}

/// What is said of each of `products`; with what their categories are called `in_languages` other than the shop's own.
pub(super) async fn said_of(
    db: &Reader,
    products: &[ProductId],
    in_languages: bool,
) -> Result<HashMap<ProductId, Said>> {
    let among = sql::among_parameter::<ProductId>(db, 1);
    let called = match in_languages {
        true => {
            "union all select 'CALLED', path.product_id, path.product_id, -path.height, t.text, '' from path \
             join translation t on t.thing_id = path.id and t.kind = 'CATEGORY' and t.field = 'name'"
        }
        false => "",
    };
    // A circle among categories, which nothing should write, ends at the deepest level.
    let sql = format!(
        "with recursive path as ( \
           select p.id as product_id, c.id, c.parent_id, c.slug, 0 as height from product p \
             join category c on c.id = p.category_id and c.deleted_at is null where p.id {among} \
           union all select path.product_id, c.id, c.parent_id, c.slug, path.height + 1 from path \
             join category c on c.id = path.parent_id and c.deleted_at is null where path.height < {DEPTH_MAX}) \
         select 'OPTION' as kind, product_id, product_id as variant_id, position as place, name, \
           cast(\"values\" as text) as value from product_option where product_id {among} \
         union all select 'ATTRIBUTE', product_id, product_id, position, name, value \
           from product_attribute where product_id {among} \
         union all select 'OF_VARIANT', product_id, variant_id, position, name, value \
           from variant_attribute where product_id {among} \
         union all select 'COLLECTION', m.product_id, m.product_id, c.position, c.slug, '' from collection_product m \
           join collection c on c.id = m.collection_id and c.deleted_at is null and c.published \
           where m.product_id {among} \
         union all select 'HELD', product_id, collection_id, 0, '', '' from collection_product where product_id {among} \
         union all select 'CATEGORY', product_id, product_id, -height, slug, '' from path {called} \
         order by kind, place, name"
    );
    let rows: Vec<Row> = sql::all(db, &sql, [sql::list(db, products.iter().copied())]).await?;
    let mut said: HashMap<ProductId, Said> = HashMap::new();
    for row in rows {
        let of_it = said.entry(row.product_id).or_default();
        match row.kind.as_str() {
            "OPTION" => of_it.options.push((row.name, values(&row.value, row.product_id)?)),
            "ATTRIBUTE" => of_it.attributes.push((row.name, row.value)),
            "OF_VARIANT" => of_it.of_variants.push((row.variant_id.into(), row.name, row.value)),
            "COLLECTION" => of_it.collections.push(row.name),
            "HELD" => of_it.held_by.push(row.variant_id.into()),
            "CALLED" => of_it.category_names.push(row.name),
            _ => of_it.categories.push(row.name),
        }
    }
    // The same product gives the same document.
    said.values_mut().for_each(|of_it| of_it.held_by.sort_unstable());
    Ok(said)
}

fn values(text: &str, product: ProductId) -> Result<Json, Fault> {
    serde_json::from_str(text).map_err(|_| Fault::Corrupt {
        table: "product_option",
        column: "values",
        id: product.to_string(),
    })
}

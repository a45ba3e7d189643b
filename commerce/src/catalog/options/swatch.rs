//! How an option's value is shown: as a colour, or as a picture.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{ids::ProductId, product, product_option_swatch as swatch};

use super::arrange::{Arranged, OptionChange, SwatchFields};
use crate::{
    Result, Shop, Tx,
    catalog::{
        fields::{Refusals, colour},
        save::{is_picture_source, upsert},
        variants::ProductOption,
    },
    language::messages,
    sql,
};

/// The swatches of each product.
pub async fn swatches_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<swatch::Model>>> {
    let rows = swatch::Entity::find()
        .filter(sql::among(
            &shop.db,
            swatch::Column::ProductId,
            products.iter().copied(),
        ))
        .all(&shop.db)
        .await?;
    let mut swatches: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        swatches.entry(row.product_id).or_default().push(row);
    }
    Ok(swatches)
}

/// A value of a product that is shown as a colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColourOf {
    pub slug: String,
    pub value: String,
    /// `#rrggbb`.
    pub colour: String,
}

/// Has values of an option shown as colours, of products that have no swatches yet. What there is no product of is left out.
///
/// # Errors
/// Where the database fails.
pub async fn show_as_colours(tx: &Tx, option: &str, colours: &[ColourOf]) -> Result<()> {
    let slugs = colours.iter().map(|of| of.slug.as_str());
    let ids = product::Entity::find()
        .select_only()
        .columns([product::Column::Slug, product::Column::Id])
        .filter(product::Column::Slug.is_in(slugs))
        .into_tuple::<(String, ProductId)>();
    let ids: HashMap<_, _> = ids.all(tx.db()).await?.into_iter().collect();
    let rows = colours.iter().filter_map(|of| {
        Some(swatch::Model {
            product_id: *ids.get(&of.slug)?,
            name: option.to_owned(),
            value: of.value.clone(),
            colour: Some(of.colour.clone()),
            image_source: None,
        })
    });
    upsert(tx.db(), rows.collect(), None).await
}

/// Has another product show its values in the same way.
pub(in crate::catalog) async fn copy(tx: &Tx, from: ProductId, to: ProductId) -> Result<()> {
    let mut rows = read(tx, from).await?;
    rows.iter_mut().for_each(|row| row.product_id = to);
    upsert(tx.db(), rows, None).await
}

/// The swatches as they are to be: those of values that stay follow their names, and those that are given
/// take their places.
pub(super) async fn arranged(
    tx: &Tx,
    product: ProductId,
    before: &[ProductOption],
    arranged: &[Arranged],
    changes: &[OptionChange],
    refusals: &mut Refusals,
) -> Result<(bool, Vec<swatch::Model>)> {
    let old = read(tx, product).await?;
    let mut rows = Vec::new();
    for (index, (option, change)) in arranged.iter().zip(changes).enumerate() {
        let old_name = option.from.map(|from| before[from].name.as_str());
        for (place, (old_value, value)) in option.values.iter().enumerate() {
            let given = change.values.as_ref().and_then(|values| values[place].swatch.as_ref());
            let field = ["options", &index.to_string(), "values", &place.to_string(), "swatch"];
            let kept = old
                .iter()
                .find(|row| Some(row.name.as_str()) == old_name && row.value == *old_value);
            let fields = match given {
                Some(given) => given.as_ref().map(|given| check(given, &field, refusals)),
                None => kept.map(|row| SwatchFields {
                    colour: row.colour.clone(),
                    image_source: row.image_source.clone(),
                }),
            };
            rows.extend(fields.map(|fields| swatch::Model {
                product_id: product,
                name: option.option.name.clone(),
                value: value.clone(),
                colour: fields.colour,
                image_source: fields.image_source,
            }));
        }
    }
    let differs = rows.len() != old.len() || rows.iter().any(|row| !old.contains(row));
    Ok((differs, rows))
}

/// Replaces a product's swatches.
pub(super) async fn replace(tx: &Tx, product: ProductId, rows: Vec<swatch::Model>) -> Result<()> {
    swatch::Entity::delete_many()
        .filter(swatch::Column::ProductId.eq(product))
        .exec(tx.db())
        .await?;
    upsert(tx.db(), rows, None).await
}

async fn read(tx: &Tx, product: ProductId) -> Result<Vec<swatch::Model>> {
    let query = swatch::Entity::find().filter(swatch::Column::ProductId.eq(product));
    Ok(query.all(tx.db()).await?)
}

fn check(given: &SwatchFields, field: &[&str], refusals: &mut Refusals) -> SwatchFields {
    let mut fields = given.clone();
    if let Some(text) = &mut fields.colour {
        colour(field, text, refusals);
    }
    refusals.optional(field, &mut fields.image_source, 2_048);
    if fields
        .image_source
        .as_deref()
        .is_some_and(|source| !is_picture_source(source))
    {
        let message = messages::picture_source_form();
        refusals.refuse(field, message);
    }
    if fields == SwatchFields::default() {
        refusals.refuse(field, messages::swatch_colour_or_picture());
    }
    fields
}

//! Staff delete variants, and restore them.

use serde_json::json;
use vitrine_entity::{
    ids::{ProductId, VariantId},
    variant,
};

use super::{
    family::{Family, Paths, live, strings, title},
    rows::Edited,
    update::check_count,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    catalog::{access::require_catalog, fields::Refusals},
    error::expect_version,
    language::messages,
    staff::audit,
};

/// Which variants of which product.
#[derive(Debug, Clone)]
pub struct VariantsSelect {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub variants: Vec<VariantId>,
}

/// Deletes variants: nobody can buy them any more, and their SKUs are free. Orders go on naming them, carts
/// that hold them say that they are no longer sold, and [`restore`] brings them back.
///
/// # Errors
/// Refuses a variant that the product does not have.
pub async fn delete(shop: &Shop, context: &Context, input: VariantsSelect) -> Result<Edited> {
    require_catalog(context)?;
    check_count(input.variants.len())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut family = Family::open(&tx, input.product, None).await?;
        let mut refusals = Refusals::default();
        let mut skus = Vec::new();
        for (index, id) in input.variants.iter().enumerate() {
            match family.variants.iter_mut().find(|row| row.id == *id) {
                Some(row) if live(row) => {
                    skus.push(row.sku.clone());
                    row.deleted_at = Some(tx.shop().now());
                    row.deleted_active = Some(std::mem::take(&mut row.active));
                    row.deleted_sku = Some(std::mem::replace(&mut row.sku, id.to_string()));
                }
                // It is as it should be.
                Some(_) => {}
                None => refusals.0.push(missing(index)),
            }
        }
        if !(skus.is_empty() && refusals.0.is_empty()) {
            expect_version("product", family.product.version, input.expected_version)?;
        }
        let edited = family.close(&tx, &Paths::new(), refusals).await?.only(&input.variants);
        if !skus.is_empty() {
            audit(
                &tx,
                "variants.delete",
                edited.product.id.to_string(),
                json!({ "skus": skus }),
            )
            .await?;
        }
        Ok(edited)
    })
    .await
}

/// Brings deleted variants back as they were, with their SKUs, prices and stock.
///
/// # Errors
/// Refuses one whose SKU or option values another variant has by now, or that the product's options do not
/// fit any more.
pub async fn restore(shop: &Shop, context: &Context, input: VariantsSelect) -> Result<Edited> {
    require_catalog(context)?;
    check_count(input.variants.len())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut family = Family::open(&tx, input.product, None).await?;
        let (mut refusals, mut paths) = (Refusals::default(), Paths::new());
        let count = family.options.len();
        for (index, id) in input.variants.iter().enumerate() {
            match family.variants.iter_mut().find(|row| row.id == *id) {
                Some(row) if live(row) => {}
                Some(row) => {
                    revive(row);
                    paths.insert(*id, ["variantIds".to_owned(), index.to_string()]);
                    if strings(&row.option_values).len() != count {
                        let message = messages::variant_no_longer_fits(&row.sku);
                        refusals.refuse(&["variantIds", &index.to_string()], message);
                    }
                }
                None => refusals.0.push(missing(index)),
            }
        }
        let restored = !paths.is_empty();
        if restored || !refusals.0.is_empty() {
            expect_version("product", family.product.version, input.expected_version)?;
        }
        let edited = family.close(&tx, &paths, refusals).await?.only(&input.variants);
        if restored {
            let skus: Vec<_> = edited.variants.iter().map(|row| row.sku.as_str()).collect();
            audit(
                &tx,
                "variants.restore",
                edited.product.id.to_string(),
                json!({ "skus": skus }),
            )
            .await?;
        }
        Ok(edited)
    })
    .await
}

fn revive(row: &mut variant::Model) {
    row.deleted_at = None;
    row.active = row.deleted_active.take().unwrap_or(true);
    if let Some(sku) = row.deleted_sku.take() {
        row.sku = sku;
    }
    row.title = title(&strings(&row.option_values));
}

fn missing(index: usize) -> Refusal {
    Refusal::new(ErrorCode::NotFound, messages::variant_not_of_product()).at(&["variantIds", &index.to_string()])
}

//! Staff add variants to a product.

use serde_json::json;
use vitrine_entity::{
    ids::{ProductId, VariantId},
    variant,
};

use super::{
    family::{Family, paths, strings},
    fields::{VariantFields, apply, check_chosen},
    rows::Edited,
    sku::{self, Wanted},
    update::check_count,
};
use crate::{
    Context, Result, Shop, Tx,
    catalog::{access::require_catalog, fields::Refusals},
    inventory::{self, Count, ON_HAND_MAX},
    language::messages,
    staff::audit,
};

/// A variant to be added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewVariant {
    /// Without an SKU it is given one.
    pub fields: VariantFields,
    /// Units that lie in stock; none unless given.
    pub on_hand: Option<i64>,
}

/// Variants to be added to a product, after those that it has.
#[derive(Debug, Clone)]
pub struct VariantsCreate {
    pub product: ProductId,
    pub expected_version: Option<i64>,
    pub variants: Vec<NewVariant>,
}

/// Adds variants to a product.
///
/// # Errors
/// Refuses everything that is wrong with them, and adds none then.
pub async fn create(shop: &Shop, context: &Context, input: VariantsCreate) -> Result<Edited> {
    require_catalog(context)?;
    check_count(input.variants.len())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut family = Family::open(&tx, input.product, input.expected_version).await?;
        let mut refusals = Refusals::default();
        let ids = add(&tx, &mut family, &input.variants, &mut refusals).await?;
        let edited = family.close(&tx, &paths(&ids), refusals).await?.only(&ids);
        add_stock(&tx, &edited.variants, &input.variants).await?;
        let skus: Vec<_> = edited.variants.iter().map(|row| row.sku.as_str()).collect();
        audit(
            &tx,
            "variants.create",
            edited.product.id.to_string(),
            json!({ "skus": skus }),
        )
        .await?;
        Ok(edited)
    })
    .await
}

/// Adds the variants to the family. Gives their ids, in their order.
pub(in crate::catalog) async fn add(
    tx: &Tx,
    family: &mut Family,
    variants: &[NewVariant],
    refusals: &mut Refusals,
) -> Result<Vec<VariantId>> {
    let first = family
        .variants
        .iter()
        .map(|row| row.position + 1)
        .max()
        .unwrap_or_default();
    let (mut ids, mut nameless) = (Vec::new(), Vec::new());
    for ((index, new), position) in variants.iter().enumerate().zip(first..) {
        let path = index.to_string();
        let id = VariantId(tx.shop().new_id());
        family.variants.push(blank(id, family.product.id, position));
        let place = family.variants.len() - 1;
        apply(family, place, &new.fields, tx.context().currency, &path, refusals);
        if new.fields.options.is_none() {
            family.choose(place, Vec::new());
        }
        check_chosen(family, place, &path, refusals);
        if new.on_hand.is_some_and(|on_hand| !(0..=ON_HAND_MAX).contains(&on_hand)) {
            let message = messages::stock_range(ON_HAND_MAX);
            refusals.refuse(&["variants", &path, "onHand"], message);
        }
        if new.fields.sku.is_none() {
            nameless.push(wanted(family, place));
        }
        ids.push(id);
    }
    if !nameless.is_empty() {
        let own = family.variants.iter().map(|row| row.sku.clone()).collect();
        let skus = sku::name(tx, &nameless, own).await?;
        for row in &mut family.variants {
            if let Some(sku) = skus.get(&row.id) {
                row.sku.clone_from(sku);
            }
        }
    }
    Ok(ids)
}

/// Counts what lies in stock of new variants.
pub(in crate::catalog) async fn add_stock(tx: &Tx, rows: &[variant::Model], variants: &[NewVariant]) -> Result<()> {
    let counts = rows.iter().zip(variants).filter_map(|(row, new)| {
        Some(Count {
            sku: row.sku.clone(),
            variant: row.id,
            on_hand: new.on_hand.filter(|on_hand| *on_hand > 0)?,
        })
    });
    let counts: Vec<_> = counts.collect();
    if counts.is_empty() {
        return Ok(());
    }
    inventory::set_on_hand(tx, counts, "catalogue").await?;
    let products: Vec<_> = rows.first().map(|row| row.product_id).into_iter().collect();
    crate::catalog::index::listing::refresh(tx, &products).await
}

fn wanted(family: &Family, place: usize) -> Wanted {
    let row = &family.variants[place];
    let mut parts = vec![family.product.slug.clone()];
    parts.extend(strings(&row.option_values));
    Wanted { variant: row.id, parts }
}

/// A variant of which nothing is said yet.
fn blank(id: VariantId, product_id: ProductId, position: i32) -> variant::Model {
    variant::Model {
        id,
        product_id,
        // Until it is given one: nobody else can have it.
        sku: id.to_string(),
        title: String::new(),
        option_values: json!([]),
        position,
        active: true,
        weight_grams: 0,
        requires_shipping: true,
        tax_category: None,
        shipping_class: None,
        barcode: None,
        low_stock_threshold: None,
        deleted_at: None,
        deleted_sku: None,
        deleted_active: None,
        unit_measurement: None,
        gift_card: false,
        gift_card_amounts: None,
    }
}

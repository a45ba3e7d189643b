//! What staff sell that the catalogue has not: a line of a draft order, or of an order, that they named themselves.
//!
//! Stock, parcels, returns and documents know goods by their variant. So there is one product that stands for all of these,
//! with a variant for what is sent and one for what is not. It is made when it is first needed, as a product that is deleted:
//! nothing lists, finds or sells it, nothing counts its stock, and orders go on naming it.

use uuid::Uuid;
use vitrine_entity::{
    cart_line::OwnGoods,
    ids::{ProductId, VariantId},
};

use super::goods::Good;
use crate::{Result, Tx, sql};

/// The product that stands for all of them.
pub const PRODUCT: ProductId = ProductId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_00d0));

const SENT: VariantId = VariantId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_00d1));
const NOT_SENT: VariantId = VariantId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_00d2));

/// What stands in the place of a SKU where staff gave none.
const SKU: &str = "CUSTOM";

/// The variant that stands for what is sent, or is not.
pub(crate) fn variant(requires_shipping: bool) -> VariantId {
    match requires_shipping {
        true => SENT,
        false => NOT_SENT,
    }
}

/// Sees to it that the product is there.
pub(crate) async fn make(tx: &Tx) -> Result<()> {
    let now = tx.shop().now();
    let product = "insert into product (id, slug, title, description_html, status, tags, version, created_at, updated_at, \
                   deleted_at, deleted_slug, deleted_status) \
                   values ($1, $2, 'Own goods', '', 'ARCHIVED', '[]', 1, $3, $3, $3, 'own-goods', 'ARCHIVED') \
                   on conflict (id) do nothing";
    // As a deleted product's: what no address can be.
    let slug = PRODUCT.to_string();
    sql::execute(tx.db(), product, [PRODUCT.into(), slug.into(), now.into()]).await?;
    for (position, is_sent) in (1i32..).zip([true, false]) {
        let id = variant(is_sent);
        let insert = "insert into variant (id, product_id, sku, title, option_values, position, active, weight_grams, \
                      requires_shipping, deleted_at) values ($1, $2, $3, '', '[]', $4, false, 0, $5, $6) \
                      on conflict (id) do nothing";
        let values = [
            id.into(),
            PRODUCT.into(),
            id.to_string().into(),
            position.into(),
            is_sent.into(),
            now.into(),
        ];
        sql::execute(tx.db(), insert, values).await?;
        let untracked = "insert into stock_policy (variant_id, policy, tracked, promised, version) \
                         values ($1, 'REFUSE', false, 0, 1) on conflict (variant_id) do nothing";
        sql::execute(tx.db(), untracked, [id.into()]).await?;
    }
    Ok(())
}

/// Calls what stands for them what staff named.
pub(crate) fn call(good: &mut Good, own: &OwnGoods) {
    good.product.title.clone_from(&own.title);
    good.variant.sku = own.sku.clone().unwrap_or_else(|| SKU.to_owned());
    good.variant.tax_category.clone_from(&own.tax_category);
    good.variant.weight_grams = own.weight_grams;
    good.on_sale = true;
}

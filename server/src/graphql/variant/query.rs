use async_graphql::{Context, ID, Object};
use vitrine_commerce::{
    ErrorCode, Refusal,
    catalog::find::{self, VariantName},
};

use super::object::ProductVariant;
use crate::{
    graphql::shared::{ContextExt, Result},
    ids,
};

#[derive(Debug, Default)]
pub struct VariantQuery;

#[Object]
impl VariantQuery {
    /// One variant, by its id, its SKU or the number of its barcode. Null if there is none, or if it is not
    /// sold; staff find those that are switched off, too, and by their ids those that are deleted. Of several
    /// with one barcode the first that is switched on is given.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant's id.")] id: Option<ID>,
        #[graphql(desc = "The stock-keeping unit.")] sku: Option<String>,
        #[graphql(desc = "The number under the barcode.")] barcode: Option<String>,
    ) -> Result<Option<ProductVariant>> {
        let name = match (id, sku, barcode) {
            (Some(id), None, None) => match ids::find(&id) {
                Some(id) => VariantName::Id(id),
                None => return Ok(None),
            },
            (None, Some(sku), None) => VariantName::Sku(sku),
            (None, None, Some(barcode)) => VariantName::Barcode(barcode),
            _ => {
                let message = "Give one of `id`, `sku` and `barcode`.";
                return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
            }
        };
        let found = find::visible_variant(ctx.shop(), ctx.caller(), &name).await?;
        Ok(found.map(ProductVariant))
    }
}

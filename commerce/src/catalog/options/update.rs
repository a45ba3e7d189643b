//! Staff change what a product's variants are chosen by.

use serde_json::json;
use vitrine_entity::{ids::ProductId, product};

use super::{
    arrange::{OptionChange, arrange},
    swatch,
};
use crate::{
    Context, Result, Shop,
    catalog::{
        edit,
        fields::Refusals,
        variants::{Family, Paths},
    },
    staff::{Permission, audit, require},
};

/// A product's options as they should be.
#[derive(Debug, Clone)]
pub struct OptionsUpdate {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// All of them, in display order. One that is left out is taken away.
    pub options: Vec<OptionChange>,
}

/// Changes a product's options, and its variants with them.
///
/// # Errors
/// Refuses to take away a value that a variant has, or an option without which two variants could not be told
/// apart.
pub async fn update(shop: &Shop, context: &Context, input: OptionsUpdate) -> Result<product::Model> {
    require(context, Permission::Catalog)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut family = Family::open(&tx, input.product, input.expected_version).await?;
        let mut refusals = Refusals::default();
        let (before, version) = (family.options.clone(), family.product.version);
        let arranged = arrange(&mut family, &input.options, &mut refusals);
        let (differs, swatches) =
            swatch::arranged(&tx, input.product, &before, &arranged, &input.options, &mut refusals).await?;
        let mut product = family.close(&tx, &Paths::new(), refusals).await?.product;
        if differs {
            swatch::replace(&tx, product.id, swatches).await?;
            if product.version == version {
                product = edit::close(&tx, product).await?;
            }
        }
        if product.version != version {
            let names: Vec<_> = arranged.iter().map(|arranged| arranged.option.name.as_str()).collect();
            audit(
                &tx,
                "product.options",
                product.id.to_string(),
                json!({ "options": names }),
            )
            .await?;
        }
        Ok(product)
    })
    .await
}

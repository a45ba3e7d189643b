//! Staff take pictures off a product. They stay in the store.

use serde_json::json;
use vitrine_entity::{
    ids::{PictureId, ProductId},
    product,
};

use super::write::{Of, bounded, changed};
use crate::{Context, Result, Shop};

/// Which product loses which pictures.
#[derive(Debug, Clone)]
pub struct PicturesRemove {
    pub product: ProductId,
    pub expected_version: Option<i64>,
    pub pictures: Vec<PictureId>,
}

/// Takes pictures off a product. Gives it as it is now. One that it does not have is no error.
///
/// # Errors
/// `FORBIDDEN`, `NOT_FOUND`, `VERSION_CONFLICT`, `INVALID`.
pub async fn remove(shop: &Shop, context: &Context, input: PicturesRemove) -> Result<product::Model> {
    bounded(input.pictures.len(), "pictureIds")?;
    let of = Of {
        product: input.product,
        expected_version: input.expected_version,
    };
    let input = &input;
    changed(
        shop,
        context,
        of,
        "product.picturesRemove",
        |_, mut gallery| async move {
            let mut sources = Vec::new();
            for picture in &input.pictures {
                // It is off, perhaps because this was asked for before.
                let Some(at) = gallery.place_of(*picture) else { continue };
                sources.push(gallery.0.remove(at).source);
            }
            // By which they can be found and put back.
            Ok((gallery, json!({ "sources": sources })))
        },
    )
    .await
}

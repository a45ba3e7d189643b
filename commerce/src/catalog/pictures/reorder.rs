//! Staff put a product's pictures into another order; the first is the one that lists show.

use serde_json::json;
use vitrine_entity::{
    ids::{PictureId, ProductId},
    product,
};

use super::write::{Of, bounded, changed};
use crate::{Context, ErrorCode, Refusal, Result, Shop, language::messages};

/// In which order a product's pictures are shown.
#[derive(Debug, Clone)]
pub struct PicturesReorder {
    pub product: ProductId,
    pub expected_version: Option<i64>,
    /// All of them.
    pub pictures: Vec<PictureId>,
}

/// Reorders the pictures of a product. Gives it as it is now.
///
/// # Errors
/// `FORBIDDEN`, `NOT_FOUND`, `VERSION_CONFLICT`, and `INVALID` unless each picture is named once.
pub async fn reorder(shop: &Shop, context: &Context, input: PicturesReorder) -> Result<product::Model> {
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
        "product.picturesReorder",
        |_, mut gallery| async move {
            if !gallery.reorder(&input.pictures) {
                let message = messages::pictures_each_once();
                return Err(Refusal::new(ErrorCode::Invalid, message).at(&["pictureIds"]).into());
            }
            let pictures: Vec<_> = input.pictures.iter().map(ToString::to_string).collect();
            Ok((gallery, json!({ "pictures": pictures })))
        },
    )
    .await
}

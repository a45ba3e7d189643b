//! Staff say what a product's pictures show, and which variants.

use serde_json::json;
use vitrine_entity::{
    ids::{PictureId, ProductId, VariantId},
    product,
};

use super::write::{Of, bounded, changed, own_variants, place};
use crate::{Context, Result, Shop, media::ALT_MAX, text};

/// Which product's pictures change, and how.
#[derive(Debug, Clone)]
pub struct PicturesUpdate {
    pub product: ProductId,
    pub expected_version: Option<i64>,
    pub pictures: Vec<PictureUpdate>,
}

/// A change of a picture; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct PictureUpdate {
    pub picture: PictureId,
    /// Empty takes it away.
    pub alt: Option<String>,
    /// All that it is the picture of.
    pub variants: Option<Vec<VariantId>>,
}

/// Changes pictures of a product. Gives it as it is now.
///
/// # Errors
/// `FORBIDDEN`, `NOT_FOUND`, `VERSION_CONFLICT`, `INVALID`.
pub async fn update(shop: &Shop, context: &Context, input: PicturesUpdate) -> Result<product::Model> {
    bounded(input.pictures.len(), "pictures")?;
    let of = Of {
        product: input.product,
        expected_version: input.expected_version,
    };
    let input = &input;
    changed(
        shop,
        context,
        of,
        "product.picturesUpdate",
        |tx, mut gallery| async move {
            for (index, picture) in input.pictures.iter().enumerate() {
                let index = index.to_string();
                let field = |name| ["pictures", index.as_str(), name];
                let at = place(&gallery, picture.picture, &field("id"))?;
                if let Some(alt) = &picture.alt {
                    let alt = text::optional_line(&field("altText"), Some(alt), ALT_MAX)?;
                    gallery.0[at].alt = alt.unwrap_or_default();
                }
                if let Some(variants) = &picture.variants {
                    let variants = own_variants(&tx, input.product, variants, &field("variantIds")).await?;
                    gallery.assign(at, variants);
                }
            }
            let pictures: Vec<_> = input
                .pictures
                .iter()
                .map(|picture| picture.picture.to_string())
                .collect();
            Ok((gallery, json!({ "pictures": pictures })))
        },
    )
    .await
}

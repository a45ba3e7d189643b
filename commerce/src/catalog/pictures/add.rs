//! Staff give a product pictures.

use serde_json::json;
use vitrine_entity::{
    ids::{MediaId, PictureId, ProductId, VariantId},
    product,
};

use super::write::{Of, bounded, changed, own_variants};
use crate::{
    Context, Result, Shop,
    media::{self, ALT_MAX},
    text,
};

/// Which product gets which pictures.
#[derive(Debug, Clone)]
pub struct PicturesAdd {
    pub product: ProductId,
    pub expected_version: Option<i64>,
    /// They come behind those that are there, in this order.
    pub pictures: Vec<PictureAdd>,
}

/// A picture of the store, as a product's.
#[derive(Debug, Clone)]
pub struct PictureAdd {
    pub media: MediaId,
    /// What it shows; the picture's own text where it is `None`.
    pub alt: Option<String>,
    /// The variants that it is the picture of.
    pub variants: Vec<VariantId>,
}

/// Adds pictures to a product. Gives it as it is now.
///
/// # Errors
/// `FORBIDDEN`, `NOT_FOUND`, `VERSION_CONFLICT`, `INVALID`.
pub async fn add(shop: &Shop, context: &Context, input: PicturesAdd) -> Result<product::Model> {
    bounded(input.pictures.len(), "pictures")?;
    let of = Of {
        product: input.product,
        expected_version: input.expected_version,
    };
    let input = &input;
    changed(shop, context, of, "product.picturesAdd", |tx, mut gallery| async move {
        for (index, picture) in input.pictures.iter().enumerate() {
            let index = index.to_string();
            let field = |name| ["pictures", index.as_str(), name];
            let media = media::usable(&tx, picture.media, &field("mediaId")).await?;
            let alt = text::optional_line(&field("altText"), picture.alt.as_deref(), ALT_MAX)?;
            let alt = alt.unwrap_or_else(|| match picture.alt {
                // It was said that there is nothing to say.
                Some(_) => String::new(),
                None => media.alt.clone(),
            });
            let variants = own_variants(&tx, input.product, &picture.variants, &field("variantIds")).await?;
            gallery.push(PictureId(tx.shop().new_id()), media::source(&media), alt, variants);
        }
        let media: Vec<_> = input.pictures.iter().map(|picture| picture.media.to_string()).collect();
        Ok((gallery, json!({ "media": media })))
    })
    .await
}

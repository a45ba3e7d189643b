//! The pictures of a product.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    catalog::pictures::{
        self, PictureAdd, PictureUpdate, PicturesAdd, PicturesRemove, PicturesReorder, PicturesUpdate,
    },
    media::import,
};
use vitrine_entity::ids::{PictureId, ProductId, VariantId};

use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, Result, int, payload},
    },
    ids,
};

/// Which product gets which pictures.
#[derive(Debug, InputObject)]
pub struct ProductPicturesAddInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The pictures, which come behind those that are there.
    pub pictures: Vec<ProductPictureInput>,
}

/// A picture of the store, as a product's.
#[derive(Debug, InputObject)]
pub struct ProductPictureInput {
    /// The id of a `Media`.
    pub media_id: ID,
    /// What it shows, for those who cannot see it; the picture's own text where it is left out.
    pub alt_text: Option<String>,
    /// The variants that it is the picture of, which have no other then.
    pub variant_ids: Option<Vec<ID>>,
}

/// Which product's pictures change, and how.
#[derive(Debug, InputObject)]
pub struct ProductPicturesUpdateInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The pictures that change.
    pub pictures: Vec<ProductPictureUpdateInput>,
}

/// A change of a product's picture. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ProductPictureUpdateInput {
    /// The id of the product's `Image`.
    pub id: ID,
    /// What it shows, for those who cannot see it; null takes it away.
    pub alt_text: MaybeUndefined<String>,
    /// All variants that it is the picture of, which have no other then; null or none take it off them.
    pub variant_ids: MaybeUndefined<Vec<ID>>,
}

/// Which pictures a product loses.
#[derive(Debug, InputObject)]
pub struct ProductPicturesRemoveInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The ids of the product's `Image`s.
    pub picture_ids: Vec<ID>,
}

/// In which order a product's pictures are shown.
#[derive(Debug, InputObject)]
pub struct ProductPicturesReorderInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The ids of all of the product's `Image`s, in their new order. The first is what lists show.
    pub picture_ids: Vec<ID>,
}

/// Which pictures are fetched again.
#[derive(Debug, InputObject)]
pub struct ProductPicturesRetryInput {
    /// The product whose pictures they are; all products' where it is left out.
    pub product_id: Option<ID>,
}

payload! {
    /// What `productPicturesAdd` answers.
    ProductPicturesAddPayload {
        /// The product as it is now.
        product: Product,
    }
}

payload! {
    /// What `productPicturesUpdate` answers.
    ProductPicturesUpdatePayload {
        /// The product as it is now.
        product: Product,
    }
}

payload! {
    /// What `productPicturesRemove` answers.
    ProductPicturesRemovePayload {
        /// The product as it is now.
        product: Product,
    }
}

payload! {
    /// What `productPicturesReorder` answers.
    ProductPicturesReorderPayload {
        /// The product as it is now.
        product: Product,
    }
}

payload! {
    /// What `productPicturesRetry` answers.
    ProductPicturesRetryPayload {
        /// How many addresses are fetched again.
        retried: i32,
    }
}

#[derive(Debug, Default)]
pub struct ProductPicturesMutation;

#[Object]
impl ProductPicturesMutation {
    /// Gives a product pictures of the shop's store. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_pictures_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product gets which pictures.")] input: ProductPicturesAddInput,
    ) -> Result<Option<ProductPicturesAddPayload>> {
        ProductPicturesAddPayload::of(add(ctx, input).await)
    }

    /// Says what a product's pictures show, and which variants. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_pictures_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product's pictures change, and how.")] input: ProductPicturesUpdateInput,
    ) -> Result<Option<ProductPicturesUpdatePayload>> {
        ProductPicturesUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes pictures off a product. They stay in the shop's store, from which `productPicturesAdd` brings
    /// them back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_pictures_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pictures a product loses.")] input: ProductPicturesRemoveInput,
    ) -> Result<Option<ProductPicturesRemovePayload>> {
        ProductPicturesRemovePayload::of(remove(ctx, input).await)
    }

    /// Puts a product's pictures into another order. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_pictures_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which order the pictures are shown.")] input: ProductPicturesReorderInput,
    ) -> Result<Option<ProductPicturesReorderPayload>> {
        ProductPicturesReorderPayload::of(reorder(ctx, input).await)
    }

    /// Has pictures fetched again that could not be: see `pictureImportFailures`. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_pictures_retry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pictures are fetched again.")] input: ProductPicturesRetryInput,
    ) -> Result<Option<ProductPicturesRetryPayload>> {
        ProductPicturesRetryPayload::of(retry(ctx, input).await)
    }
}

fn product(id: &ID) -> vitrine_commerce::Result<ProductId> {
    Ok(ids::input(id, "product", &["productId"])?)
}

fn variants(given: Vec<ID>, index: &str) -> vitrine_commerce::Result<Vec<VariantId>> {
    let field = ["pictures", index, "variantIds"];
    let read = |id: &ID| Ok(ids::input(id, "variant of this product", &field)?);
    given.iter().map(read).collect()
}

fn pictures(given: &[ID]) -> vitrine_commerce::Result<Vec<PictureId>> {
    let read = |(index, id): (usize, &ID)| {
        let index = index.to_string();
        Ok(ids::input(id, "picture of this product", &["pictureIds", &index])?)
    };
    given.iter().enumerate().map(read).collect()
}

async fn add(ctx: &Context<'_>, input: ProductPicturesAddInput) -> vitrine_commerce::Result<Product> {
    let read = |(index, picture): (usize, ProductPictureInput)| {
        let index = index.to_string();
        Ok(PictureAdd {
            media: ids::input(&picture.media_id, "picture", &["pictures", &index, "mediaId"])?,
            alt: picture.alt_text,
            variants: variants(picture.variant_ids.unwrap_or_default(), &index)?,
        })
    };
    let add = PicturesAdd {
        product: product(&input.product_id)?,
        expected_version: input.expected_version.map(i64::from),
        pictures: input
            .pictures
            .into_iter()
            .enumerate()
            .map(read)
            .collect::<vitrine_commerce::Result<_>>()?,
    };
    Ok(Product(pictures::add(ctx.shop(), ctx.caller(), add).await?))
}

async fn update(ctx: &Context<'_>, input: ProductPicturesUpdateInput) -> vitrine_commerce::Result<Product> {
    let read = |(index, picture): (usize, ProductPictureUpdateInput)| {
        let index = index.to_string();
        Ok(PictureUpdate {
            picture: ids::input(&picture.id, "picture of this product", &["pictures", &index, "id"])?,
            alt: match picture.alt_text {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(String::new()),
                MaybeUndefined::Value(text) => Some(text),
            },
            variants: match picture.variant_ids {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(Vec::new()),
                MaybeUndefined::Value(given) => Some(variants(given, &index)?),
            },
        })
    };
    let update = PicturesUpdate {
        product: product(&input.product_id)?,
        expected_version: input.expected_version.map(i64::from),
        pictures: input
            .pictures
            .into_iter()
            .enumerate()
            .map(read)
            .collect::<vitrine_commerce::Result<_>>()?,
    };
    Ok(Product(pictures::update(ctx.shop(), ctx.caller(), update).await?))
}

async fn remove(ctx: &Context<'_>, input: ProductPicturesRemoveInput) -> vitrine_commerce::Result<Product> {
    let remove = PicturesRemove {
        product: product(&input.product_id)?,
        expected_version: input.expected_version.map(i64::from),
        pictures: pictures(&input.picture_ids)?,
    };
    Ok(Product(pictures::remove(ctx.shop(), ctx.caller(), remove).await?))
}

async fn reorder(ctx: &Context<'_>, input: ProductPicturesReorderInput) -> vitrine_commerce::Result<Product> {
    let reorder = PicturesReorder {
        product: product(&input.product_id)?,
        expected_version: input.expected_version.map(i64::from),
        pictures: pictures(&input.picture_ids)?,
    };
    Ok(Product(pictures::reorder(ctx.shop(), ctx.caller(), reorder).await?))
}

async fn retry(ctx: &Context<'_>, input: ProductPicturesRetryInput) -> vitrine_commerce::Result<i32> {
    let product = input.product_id.as_ref().map(product).transpose()?;
    let retried = import::retry(ctx.shop(), ctx.caller(), product).await?;
    Ok(int(i64::try_from(retried).unwrap_or(i64::MAX)))
}

//! Staff give a product videos.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_entity::{
    ids::{ProductId, ProductVideoId},
    product, product_video as video,
};

use super::address::{ADDRESS_LENGTH_MAX, place};
use crate::{
    Context, Error, Result, Shop, Tx,
    catalog::{
        edit,
        fields::Refusals,
        save::{is_picture_source, upsert},
    },
    language::messages,
    staff::{Permission, audit, require},
};

const VIDEOS_MAX: usize = 20;

/// A video as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VideoFields {
    pub address: String,
    pub title: Option<String>,
    /// A picture to show before it plays.
    pub thumbnail_source: Option<String>,
}

/// A product's videos as they should be.
#[derive(Debug, Clone)]
pub struct VideosSet {
    pub product: ProductId,
    /// The product's version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// All of them, in display order.
    pub videos: Vec<VideoFields>,
}

/// Makes a product's videos what is given.
///
/// # Errors
/// Refuses an address that leads to no video that a page could show.
pub async fn set(shop: &Shop, context: &Context, input: VideosSet) -> Result<product::Model> {
    require(context, Permission::Catalog)?;
    let videos = &check(&input.videos)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let product = edit::open(&tx, input.product, input.expected_version, "productId").await?;
        let before = read(&tx, product.id).await?;
        // A video that stays keeps its id.
        let mut ids: HashMap<_, _> = before.iter().map(|row| (row.address.as_str(), row.id)).collect();
        let rows: Vec<_> = videos
            .iter()
            .zip(0..)
            .map(|(fields, position)| video::Model {
                id: ids
                    .remove(fields.address.as_str())
                    .unwrap_or_else(|| ProductVideoId(shop.new_id())),
                product_id: product.id,
                position,
                address: fields.address.clone(),
                title: fields.title.clone().unwrap_or_default(),
                thumbnail_source: fields.thumbnail_source.clone(),
            })
            .collect();
        if rows == before {
            return Ok(product);
        }
        video::Entity::delete_many()
            .filter(video::Column::ProductId.eq(product.id))
            .exec(tx.db())
            .await?;
        let count = rows.len();
        upsert(tx.db(), rows, None).await?;
        let product = edit::close(&tx, product).await?;
        audit(&tx, "product.videos", product.id.to_string(), json!({ "count": count })).await?;
        Ok(product)
    })
    .await
}

/// Gives another product the same videos.
pub(in crate::catalog) async fn copy(tx: &Tx, from: ProductId, to: ProductId) -> Result<()> {
    let mut rows = read(tx, from).await?;
    for row in &mut rows {
        row.id = ProductVideoId(tx.shop().new_id());
        row.product_id = to;
    }
    upsert(tx.db(), rows, None).await
}

async fn read(tx: &Tx, product: ProductId) -> Result<Vec<video::Model>> {
    let query = video::Entity::find()
        .filter(video::Column::ProductId.eq(product))
        .order_by_asc(video::Column::Position)
        .order_by_asc(video::Column::Id);
    Ok(query.all(tx.db()).await?)
}

fn check(given: &[VideoFields]) -> Result<Vec<VideoFields>> {
    let mut refusals = Refusals::default();
    refusals.at_most("videos", given.len(), VIDEOS_MAX);
    let (mut checked, mut seen) = (Vec::new(), HashSet::new());
    for (index, fields) in given.iter().enumerate().take(VIDEOS_MAX) {
        let path = index.to_string();
        let mut fields = fields.clone();
        refusals.line(&["videos", &path, "url"], &mut fields.address, ADDRESS_LENGTH_MAX);
        if place(&fields.address).is_none() && !fields.address.trim().is_empty() {
            let message = messages::video_address_form();
            refusals.refuse(&["videos", &path, "url"], message);
        }
        if !seen.insert(fields.address.clone()) {
            refusals.refuse(&["videos", &path, "url"], messages::video_twice());
        }
        refusals.optional(&["videos", &path, "title"], &mut fields.title, 255);
        let field = ["videos", &path, "thumbnailSource"];
        refusals.optional(&field, &mut fields.thumbnail_source, ADDRESS_LENGTH_MAX);
        if fields
            .thumbnail_source
            .as_deref()
            .is_some_and(|source| !is_picture_source(source))
        {
            let message = messages::picture_source_form();
            refusals.refuse(&field, message);
        }
        checked.push(fields);
    }
    refusals.any().map_err(Error::Refused)?;
    Ok(checked)
}

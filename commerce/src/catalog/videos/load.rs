//! Reads the videos of products.

use std::collections::HashMap;

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::ProductId, product_video as video};

use crate::{Result, Shop, sql};

/// The videos of each product, in their order.
pub async fn videos_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, Vec<video::Model>>> {
    let rows = video::Entity::find()
        .filter(sql::among(&shop.db, video::Column::ProductId, products.iter().copied()))
        .order_by_asc(video::Column::Position)
        .order_by_asc(video::Column::Id)
        .all(&shop.db)
        .await?;
    let mut videos: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        videos.entry(row.product_id).or_default().push(row);
    }
    Ok(videos)
}

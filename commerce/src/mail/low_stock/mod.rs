//! The mail that tells the shop itself that little is left of something.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::VariantId, location, product, stock, variant};

use crate::{
    Result, Shop, inventory,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        render::{Letter, render, templates},
        words::{one_line, own_language},
    },
    outbox::Lease,
    ports::mailer::Mail,
};

/// What is low, and where. Every text is a single line.
pub(super) struct LowStock {
    pub(super) shop_name: String,
    /// The product's and, where there is a choice, the variant's.
    pub(super) title: String,
    pub(super) sku: String,
    pub(super) threshold: i32,
    pub(super) places: Vec<Place>,
}

pub(super) struct Place {
    pub(super) location: String,
    pub(super) available: i64,
}

templates! { LowStock: "low_stock/body.txt", "low_stock/body.html" }

impl Letter for LowStock {
    fn subject(&self) -> Message {
        messages::mail_low_subject(&self.title, &self.sku)
    }

    fn heading(&self) -> Message {
        messages::mail_low_heading()
    }
}

/// There is one mail for each time that the threshold was crossed: its job's id is the mail's.
pub(super) async fn load(shop: &Shop, lease: &Lease, variant: VariantId) -> Result<Option<Mail>, JobError> {
    let (Some(to), Some(low)) = (&shop.settings.alerts_to, find(shop, variant).await?) else {
        return Ok(None);
    };
    Ok(Some(render(&low, &own_language(shop), lease.id.to_string(), to)?))
}

/// `None` where it is low no more: somebody was quicker than the mail.
async fn find(shop: &Shop, id: VariantId) -> Result<Option<LowStock>> {
    let Some(variant) = variant::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let product = product::Entity::find_by_id(variant.product_id).one(&shop.db).await?;
    let (Some(product), Some(threshold)) = (product, variant.low_stock_threshold) else {
        return Ok(None);
    };
    let places = places(shop, &variant).await?;
    let has_choice = variant
        .option_values
        .as_array()
        .is_some_and(|values| !values.is_empty());
    let chosen = if has_choice { variant.title.as_str() } else { "" };
    let title = format!("{} {chosen}", product.title);
    Ok((!places.is_empty()).then(|| LowStock {
        shop_name: one_line(&shop.profile().name),
        title: one_line(&title),
        sku: one_line(&variant.sku),
        threshold,
        places,
    }))
}

async fn places(shop: &Shop, variant: &variant::Model) -> Result<Vec<Place>> {
    let rows = stock::Entity::find()
        .filter(stock::Column::VariantId.eq(variant.id))
        .order_by_asc(stock::Column::LocationId)
        .all(&shop.db)
        .await?;
    let locations = location::Entity::find().all(&shop.db).await?;
    let name = |row: &stock::Model| locations.iter().find(|location| location.id == row.location_id);
    Ok(rows
        .iter()
        .filter(|row| inventory::is_low(row, variant.low_stock_threshold))
        .map(|row| Place {
            location: name(row).map(|location| one_line(&location.name)).unwrap_or_default(),
            available: row.on_hand - row.reserved,
        })
        .collect())
}

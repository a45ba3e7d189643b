//! The mail that tells the shop itself that little is left of something.

use askama::Template;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{ids::VariantId, location, product, stock, variant};

use super::{TIMEOUT, send, unsent, words::one_line};
use crate::{Fault, Result, Shop, inventory, jobs::JobError, outbox::Lease, ports::mailer::Mail};

/// What is low, and where. Every text is a single line.
struct LowStock {
    shop_name: String,
    /// The product's and, where there is a choice, the variant's.
    title: String,
    sku: String,
    threshold: i32,
    places: Vec<Place>,
}

struct Place {
    location: String,
    available: i64,
}

#[derive(Template)]
#[template(path = "low_stock/subject.txt")]
struct Subject<'a> {
    low: &'a LowStock,
}

#[derive(Template)]
#[template(path = "low_stock/body.txt")]
struct Text<'a> {
    low: &'a LowStock,
}

#[derive(Template)]
#[template(path = "low_stock/body.html")]
struct Html<'a> {
    low: &'a LowStock,
}

/// The job `SendLowStockMail`. There is one for each time that the threshold was crossed: its own
/// id is the mail's.
pub async fn run(shop: &Shop, lease: &Lease, variant: VariantId) -> Result<(), JobError> {
    let (Some(to), Some(low)) = (&shop.settings.alerts_to, find(shop, variant).await?) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let mail = render(&low, to, lease.id.to_string())?;
    let sent = send(shop, &mail, TIMEOUT).await;
    sent.map_err(|error| unsent(error, shop.now() - lease.created_at))?;
    Ok(lease.finish_alone(shop).await?)
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
        shop_name: one_line(&shop.settings.shop_name),
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

fn render(low: &LowStock, to: &str, message_id: String) -> Result<Mail, Fault> {
    let failed = |error| Fault::other("rendering a mail", error);
    Ok(Mail {
        message_id,
        to: to.to_owned(),
        subject: one_line(&Subject { low }.render().map_err(failed)?),
        text: Text { low }.render().map_err(failed)?,
        html: Html { low }.render().map_err(failed)?,
    })
}

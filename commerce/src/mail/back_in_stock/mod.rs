//! What somebody waits for is back in stock.

use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::StockAlertId,
    stock_alert::{self, StockAlertState},
};

use crate::{
    Shop, back_in_stock,
    catalog::load,
    jobs::JobError,
    language::{Language, Message, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    outbox::Lease,
    ports::mailer::Mail,
};

/// What is back, and how to have no more such mails. Every text is a single line.
pub(super) struct BackInStock {
    pub(super) shop_name: String,
    /// The product's and, where there is a choice, the variant's.
    pub(super) title: String,
    /// Where it is to be had, if the shop said where its products are.
    pub(super) link: Option<String>,
    pub(super) stop: String,
}

templates! { BackInStock: "back_in_stock/body.txt", "back_in_stock/body.html" }

impl Letter for BackInStock {
    fn subject(&self) -> Message {
        messages::mail_back_subject(&self.title)
    }

    fn heading(&self) -> Message {
        messages::mail_back_heading()
    }
}

/// `None` where it is sold no more, or they do not want to know any more.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: StockAlertId) -> Result<Option<Mail>, JobError> {
    let alert = stock_alert::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(alert) = alert.filter(|alert| alert.state == StockAlertState::Told) else {
        return Ok(None);
    };
    let Some(variant) = load::variants(shop, &[alert.variant_id])
        .await?
        .remove(&alert.variant_id)
    else {
        return Ok(None);
    };
    let products = load::products(shop, &[variant.product_id]).await?;
    let Some(product) = products.get(&variant.product_id) else {
        return Ok(None);
    };
    let has_choice = variant
        .option_values
        .as_array()
        .is_some_and(|values| !values.is_empty());
    let chosen = if has_choice { variant.title.as_str() } else { "" };
    let url = shop.settings.product_url.as_ref();
    let shown = BackInStock {
        shop_name: one_line(&shop.profile().name),
        title: one_line(&format!("{} {chosen}", product.title)),
        link: url.map(|url| url.replace("{slug}", &product.slug)),
        stop: back_in_stock::link(shop, id),
    };
    let language = Language::of(&alert.locale, &shop.profile().country);
    let mail = render(&shown, &language, lease.id.to_string(), &alert.email)?;
    Ok(Some(Mail {
        unsubscribe: Some(shown.stop),
        ..mail
    }))
}

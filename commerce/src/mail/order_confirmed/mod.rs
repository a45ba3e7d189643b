//! The goods are the shopper's.

use crate::{
    Result, Shop,
    jobs::JobError,
    mail::{
        layout::{DownloadView, Entry, OrderView},
        render::templates,
    },
    ports::mailer::Mail,
};

pub(super) struct OrderConfirmed {
    pub(super) order: OrderView,
    pub(super) downloads: Vec<DownloadView>,
}

templates! { OrderConfirmed: "order_confirmed/subject.txt", "order_confirmed/body.txt", "order_confirmed/body.html" }

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let order = entry.view(shop).await?;
    let downloads = entry.downloads(shop).await?;
    Ok(Some(entry.render(&OrderConfirmed { order, downloads })?))
}

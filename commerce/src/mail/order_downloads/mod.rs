//! What of an order can be fetched, once staff gave it anew.

use crate::{
    Result, Shop,
    downloads::DownloadState,
    jobs::JobError,
    mail::{
        layout::{DownloadView, Entry, OrderView},
        render::templates,
    },
    ports::mailer::Mail,
};

pub(super) struct OrderDownloads {
    pub(super) order: OrderView,
    pub(super) downloads: Vec<DownloadView>,
}

templates! { OrderDownloads: "order_downloads/subject.txt", "order_downloads/body.txt", "order_downloads/body.html" }

/// `None` where the order gives nothing any more.
pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let given = crate::downloads::of_order(shop, entry.order.id).await?;
    if given.iter().all(|download| download.state == DownloadState::Closed) {
        return Ok(None);
    }
    let (order, downloads) = (entry.view(shop).await?, entry.downloads(shop).await?);
    Ok(Some(entry.render(&OrderDownloads { order, downloads })?))
}

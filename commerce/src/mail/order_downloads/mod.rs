//! What of an order can be fetched, once staff gave it anew.

use crate::{
    Result, Shop,
    downloads::DownloadState,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        layout::{DownloadView, Entry, OrderView},
        render::{Letter, templates},
    },
    ports::mailer::Mail,
};

pub(super) struct OrderDownloads {
    pub(super) order: OrderView,
    pub(super) downloads: Vec<DownloadView>,
}

templates! { OrderDownloads: "order_downloads/body.txt", "order_downloads/body.html" }

impl Letter for OrderDownloads {
    fn subject(&self) -> Message {
        messages::mail_downloads_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_downloads()
    }

    fn preview(&self) -> Message {
        self.text()
    }
}

impl OrderDownloads {
    fn text(&self) -> Message {
        messages::mail_downloads_text(&self.order.number)
    }
}

/// `None` where the order gives nothing any more.
pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let given = crate::downloads::of_order(shop, entry.order.id).await?;
    if given.iter().all(|download| download.state == DownloadState::Closed) {
        return Ok(None);
    }
    let (order, downloads) = (entry.view(shop).await?, entry.downloads(shop).await?);
    Ok(Some(entry.render(&OrderDownloads { order, downloads })?))
}

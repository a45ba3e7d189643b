use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::downloads::{self, Download};
use vitrine_entity::ids::OrderId;

use crate::{
    graphql::{
        order::questions::DownloadsOfOrder,
        shared::{ContextExt, Result, Url, int},
    },
    ids,
};

/// Whether a download's link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::downloads::DownloadState")]
pub enum OrderDownloadState {
    /// It opens.
    Ready,
    /// The order is not paid, or no more: it was cancelled, or all of its money went back.
    Closed,
    /// The file was fetched as often as it may be. `orderDownloadRenew` gives it anew.
    UsedUp,
    /// Its time is over. `orderDownloadRenew` gives it anew.
    Expired,
}

/// A file that an order gives.
#[derive(Debug, Clone)]
pub struct OrderDownload {
    pub download: Download,
    /// The signed address.
    pub url: String,
}

impl OrderDownload {
    /// Those of an order. Whoever shows them has asked whose it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(ctx: &Context<'_>, order: OrderId) -> Result<Vec<Self>> {
        let downloads = ctx.load(DownloadsOfOrder(order)).await?.unwrap_or_default();
        let shown = downloads.into_iter().map(|download| Self {
            url: downloads::link(ctx.shop(), download.row.id),
            download,
        });
        Ok(shown.collect())
    }
}

/// A file that an order gives once it is paid.
#[Object]
impl OrderDownload {
    /// Names the download.
    async fn id(&self) -> ID {
        ids::public(self.download.row.id)
    }

    /// What the file is called.
    async fn name(&self) -> &str {
        &self.download.file.name
    }

    /// Where it is fetched. Whoever has this address may fetch it. Each fetch counts before its first byte is sent;
    /// for a day after one, parts of the file (`Range`) are given without counting, so that a connection that broke
    /// costs nothing.
    async fn url(&self) -> Url {
        Url(self.url.clone())
    }

    /// Whether the link opens.
    async fn state(&self) -> OrderDownloadState {
        self.download.state.into()
    }

    /// How often it may be fetched still. Null where that is not bounded.
    async fn remaining(&self) -> Option<i32> {
        self.download.row.remaining
    }

    /// Until when it may be fetched. Null where that is not bounded.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.download.row.expires_at
    }

    /// What it is, as in `application/pdf`.
    async fn mime_type(&self) -> &str {
        &self.download.file.mime_type
    }

    /// How many bytes it has.
    async fn byte_size(&self) -> i32 {
        int(self.download.file.byte_size)
    }

    /// The line of the order with which it was bought.
    async fn line_id(&self) -> ID {
        ids::public(self.download.row.order_line_id)
    }
}

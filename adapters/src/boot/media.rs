//! Where pictures lie, and who works on them.

use std::sync::Arc;

use anyhow::Context;
use vitrine_commerce::ports::{Imaging, MediaStore, PictureSource};

use crate::{
    config::{Media, Store},
    imaging::Images,
    media::{FolderStore, s3},
    outbound::PictureFetcher,
};

pub(super) struct MediaPorts {
    pub(super) store: Arc<dyn MediaStore>,
    pub(super) imaging: Arc<dyn Imaging>,
    pub(super) source: Arc<dyn PictureSource>,
}

pub(super) fn ports(config: &Media) -> anyhow::Result<MediaPorts> {
    let store: Arc<dyn MediaStore> = match (config.store, &config.s3) {
        (Store::S3, Some(settings)) => Arc::new(s3(settings).context("reading `media.s3`")?),
        _ => Arc::new(FolderStore::new(&config.folder)),
    };
    let source = PictureFetcher::new(config.import_from_inside).context("making the client that fetches pictures")?;
    Ok(MediaPorts {
        store,
        imaging: Arc::new(Images::new(config.at_once, config.pixels_max())),
        source: Arc::new(source),
    })
}

//! Keeps pictures in a folder or in an S3-compatible store, by the crate `object_store`.

mod folder;
mod objects;
mod s3;

pub(crate) use self::s3::client;
pub use self::{
    folder::FolderStore,
    objects::Objects,
    s3::{S3Error, s3},
};

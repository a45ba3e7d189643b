//! What staff do with pictures.

pub mod edit;
pub mod upload;

use async_graphql::{Context, Object};

use self::{
    edit::{
        MediaDeleteInput, MediaDeletePayload, MediaRestoreInput, MediaRestorePayload, MediaUpdateInput,
        MediaUpdatePayload,
    },
    upload::{MediaCreateInput, MediaCreatePayload, StagedUploadInput, StagedUploadsCreatePayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct MediaMutation;

#[Object]
impl MediaMutation {
    /// Asks for addresses to send files to: for each, send the file's bytes there by `PUT`, then call
    /// `mediaCreate`. (`POST /api/media` takes a single file as a form, and does it all.) For staff with the
    /// permission `CATALOG` or `CONTENT`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn staged_uploads_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The files, at most fifty.")] input: Vec<StagedUploadInput>,
    ) -> Result<Option<StagedUploadsCreatePayload>> {
        StagedUploadsCreatePayload::of(upload::request(ctx, input).await)
    }

    /// Takes a file that was sent into the shop's store, if it is a picture: JPEG, PNG, WebP or GIF. Where it
    /// was taken, with what and by whom is taken out. For staff with the permission `CATALOG` or `CONTENT`.
    #[graphql(complexity = "30 + child_complexity")]
    async fn media_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which upload, and what it shows.")] input: MediaCreateInput,
    ) -> Result<Option<MediaCreatePayload>> {
        MediaCreatePayload::of(upload::create(ctx, input).await)
    }

    /// Says what a picture shows. For staff with the permission `CATALOG` or `CONTENT`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn media_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which picture, and what it shows.")] input: MediaUpdateInput,
    ) -> Result<Option<MediaUpdatePayload>> {
        MediaUpdatePayload::of(edit::update(ctx, input).await)
    }

    /// Deletes a picture that nothing shows. Orders that were sold with it keep it, and `mediaRestore` brings
    /// it back for a month. For staff with the permission `CATALOG` or `CONTENT`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn media_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which picture.")] input: MediaDeleteInput,
    ) -> Result<Option<MediaDeletePayload>> {
        MediaDeletePayload::of(edit::delete(ctx, input).await)
    }

    /// Brings a deleted picture back. For staff with the permission `CATALOG` or `CONTENT`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn media_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which picture.")] input: MediaRestoreInput,
    ) -> Result<Option<MediaRestorePayload>> {
        MediaRestorePayload::of(edit::restore(ctx, input).await)
    }
}

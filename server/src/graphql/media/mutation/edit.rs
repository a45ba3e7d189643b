use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::media::{self, MediaDelete, MediaUpdate};

use crate::{
    graphql::{
        media::object::Media,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which picture, and what it shows. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct MediaUpdateInput {
    /// The picture's id.
    pub id: ID,
    /// The picture's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it shows, for those who cannot see it: at most 512 characters; null takes it away.
    pub alt_text: MaybeUndefined<String>,
}

/// Which picture.
#[derive(Debug, InputObject)]
pub struct MediaDeleteInput {
    /// The picture's id.
    pub id: ID,
    /// The picture's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which picture.
#[derive(Debug, InputObject)]
pub struct MediaRestoreInput {
    /// The picture's id.
    pub id: ID,
}

payload! {
    /// What `mediaUpdate` answers.
    MediaUpdatePayload {
        /// The picture as it is now.
        media: Media,
    }
}

payload! {
    /// What `mediaDelete` answers.
    MediaDeletePayload {
        /// The picture as it is now.
        media: Media,
    }
}

payload! {
    /// What `mediaRestore` answers.
    MediaRestorePayload {
        /// The picture as it is now.
        media: Media,
    }
}

pub(super) async fn update(ctx: &Context<'_>, input: MediaUpdateInput) -> vitrine_commerce::Result<Media> {
    let update = MediaUpdate {
        media: ids::input(&input.id, "picture", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        alt: match input.alt_text {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(String::new()),
            MaybeUndefined::Value(text) => Some(text),
        },
    };
    Ok(Media(media::update(ctx.shop(), ctx.caller(), update).await?))
}

pub(super) async fn delete(ctx: &Context<'_>, input: MediaDeleteInput) -> vitrine_commerce::Result<Media> {
    let delete = MediaDelete {
        media: ids::input(&input.id, "picture", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
    };
    Ok(Media(media::delete(ctx.shop(), ctx.caller(), delete).await?))
}

pub(super) async fn restore(ctx: &Context<'_>, input: MediaRestoreInput) -> vitrine_commerce::Result<Media> {
    let id = ids::input(&input.id, "picture", &["id"])?;
    Ok(Media(media::restore(ctx.shop(), ctx.caller(), id).await?))
}

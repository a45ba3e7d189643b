//! The picture above the products of a category or a collection.

use async_graphql::{ID, InputObject, MaybeUndefined};
use vitrine_commerce::{Refusal, catalog::heading::HeadingPicture};

use super::given::given;
use crate::ids;

/// A picture: one of the shop's store, or one that lies elsewhere.
#[derive(Debug, InputObject)]
pub struct HeadingPictureInput {
    /// The id of a picture of the shop's store. Give either this or `source`.
    pub media_id: Option<ID>,
    /// Its address, `https://…`, or a path of this shop.
    pub source: Option<String>,
    /// What it shows, for those who cannot see it; the text of the store's picture unless given.
    pub alt: Option<String>,
}

impl HeadingPictureInput {
    /// # Errors
    /// For what is no id of a picture.
    pub fn read(self) -> Result<HeadingPicture, Refusal> {
        let media = self
            .media_id
            .map(|id| ids::input(&id, "picture", &["picture", "mediaId"]));
        Ok(HeadingPicture {
            media: media.transpose()?,
            source: self.source,
            alt: self.alt,
        })
    }

    /// A picture that may be left out or be null, which takes it away.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn change(input: MaybeUndefined<Self>) -> Result<Option<Option<HeadingPicture>>, Refusal> {
        let read = |input: Option<Self>| input.map(Self::read).transpose();
        given(input).map(read).transpose()
    }
}

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::returns::{self, PictureTarget};
use vitrine_entity::return_picture;

use crate::{
    graphql::shared::{ContextExt, PublicUrl, Url, payload},
    ids,
};

/// A picture that was sent with a return.
#[derive(Debug, Clone)]
pub struct ReturnPicture(pub return_picture::Model);

/// A picture that was sent with a return. Whoever may open its order sees it, and staff.
#[Object]
impl ReturnPicture {
    /// Names the picture.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it is seen, for an hour: the address opens it to whoever has it.
    async fn url(&self, ctx: &Context<'_>) -> Url {
        let (expires, signature) = returns::picture_address(ctx.shop(), &self.0);
        let path = format!(
            "/api/returns/{}/pictures/{}?expires={expires}&signature={signature}",
            self.0.return_id, self.0.id
        );
        Url(ctx.data_unchecked::<PublicUrl>().absolute(&path))
    }

    /// In pixels.
    async fn width(&self) -> i32 {
        self.0.width
    }

    /// In pixels.
    async fn height(&self) -> i32 {
        self.0.height
    }

    /// When it was sent.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// Which picture is to be sent.
#[derive(Debug, InputObject)]
pub struct ReturnPictureUploadCreateInput {
    /// The return's id.
    pub return_id: ID,
    /// Opens its order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
    pub mime_type: String,
    /// In bytes: at most 10 MiB, and no more than the shop takes of pictures.
    pub file_size: i32,
}

/// Where a picture is to be sent.
#[derive(Debug, SimpleObject)]
pub struct ReturnPictureTarget {
    /// `PUT` its bytes here, with the `Content-Type` that was asked for. Answers 204 once it is among the return's pictures; six of a
    /// return are taken.
    pub url: Url,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

payload! {
    /// What `returnPictureUploadCreate` answers.
    ReturnPictureUploadCreatePayload {
        /// Where it is to be sent.
        target: ReturnPictureTarget,
    }
}

pub(super) async fn target(
    ctx: &Context<'_>,
    input: ReturnPictureUploadCreateInput,
) -> vitrine_commerce::Result<ReturnPictureTarget> {
    let id = ids::input(&input.return_id, "return", &["returnId"])?;
    let (token, what) = (
        input.access_token.as_deref(),
        (&*input.mime_type, i64::from(input.file_size)),
    );
    let target = returns::picture_target(ctx.shop(), ctx.caller(), id, token, what).await?;
    Ok(ReturnPictureTarget {
        url: Url(ctx.data_unchecked::<PublicUrl>().absolute(&path(&target))),
        expires_at: target.expires_at,
    })
}

fn path(target: &PictureTarget) -> String {
    let PictureTarget { grant, signature, .. } = target;
    format!(
        "/api/returns/{}/pictures?type={}&size={}&expires={}&signature={signature}",
        grant.id,
        grant.mime_type.replace('/', "%2F"),
        grant.byte_size,
        grant.expires
    )
}

//! `POST /orders/{id}/returns/{back}/pictures`: pictures of what comes back, of what is broken, say.

use axum::{
    body::Bytes,
    extract::{Multipart, Path, multipart::MultipartRejection},
    http::HeaderValue,
};
use serde::de::IgnoredAny;

use crate::{
    answer::Answer,
    api::Upload,
    documents::{ShopperReturnPicture, shopper_return_picture as document},
    files,
    problem::Problem,
    refusals::{Refusal, errors, refusals},
    storefront::order::show_with,
    visit::Visit,
};

/// As many as a return has.
const PICTURES_MAX: usize = 6;

/// The form's token comes before its files: nothing of them is read without it.
pub async fn send(
    visit: Visit,
    Path((id, back)): Path<(String, String)>,
    form: Result<Multipart, MultipartRejection>,
) -> Answer {
    let mut form = form.map_err(|_| Problem::BadForm)?;
    let (mut is_ours, mut sent, mut refused) = (false, 0, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| Problem::BadForm)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_ours = !visit.is_forged(Some(&files::text(field).await?)),
            "file" if !is_ours => return Err(Problem::Forged),
            "file" if sent < PICTURES_MAX => {
                let kind = field.content_type().unwrap_or_default().to_owned();
                if let Some((name, content)) = files::read(field).await? {
                    sent += 1;
                    refused.extend(give(&visit, (&id, &back), &name, (kind, content)).await?);
                }
            }
            _ => {}
        }
    }
    if !is_ours {
        return Err(Problem::Forged);
    }
    if sent == 0 {
        refused.push(Refusal::said(visit.say("return.pictures_choose"), "file"));
    }
    if refused.is_empty() {
        return Ok(visit.go(&format!("/orders/{id}#returns")));
    }
    let errors = errors(&visit, &refused);
    show_with(visit, id, errors).await
}

async fn give(
    visit: &Visit,
    (order, back): (&str, &str),
    name: &str,
    (kind, content): (String, Bytes),
) -> Result<Vec<Refusal>, Problem> {
    let input = document::ReturnPictureUploadCreateInput {
        access_token: visit.order_token(order),
        file_size: content.len() as i64,
        mime_type: kind.clone(),
        return_id: back.to_owned(),
    };
    let asked = visit.ask(ShopperReturnPicture, document::Variables { input }).await?;
    let asked = asked.return_picture_upload_create.ok_or(Problem::Broken)?;
    let refused = refusals(&asked.user_errors);
    if !refused.is_empty() {
        return Ok(refused.into_iter().map(|refusal| refusal.told_at("file")).collect());
    }
    let target = asked.target.ok_or(Problem::Broken)?;
    let file = Upload {
        path: files::path_of(&target.url).ok_or(Problem::Broken)?,
        is_put: true,
        content_type: HeaderValue::try_from(kind).map_err(|_| Problem::BadForm)?,
        body: content,
    };
    let kept = files::send::<IgnoredAny>(visit, name, file).await?;
    Ok(kept.err().into_iter().collect())
}

//! A file that is sold: sent to where the API wants it, and given with the variant.

use axum::{
    body::Bytes,
    extract::{Multipart, Path, multipart::MultipartRejection},
    http::HeaderValue,
};

use super::{Told, page};
use crate::{
    admin::{
        deed::{self, Outcome, Refused},
        staff::{Permission, Staff},
    },
    answer::Answer,
    api::Upload,
    documents::{
        AdminVariantFileAdd, AdminVariantFileStage, admin_variant_file_add as add_document,
        admin_variant_file_stage::{self as document, StagedUploadInput, StagedUploadPurpose},
    },
    files,
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::Form,
};

/// What a browser may say of a file that it does not know.
const ANY: &str = "application/octet-stream";

/// `POST /admin/variants/{id}/files`. The form's token comes before its file: nothing of it is read without it.
pub async fn upload(staff: Staff, Path(id): Path<String>, form: Result<Multipart, MultipartRejection>) -> Answer {
    staff.require(Permission::Catalog)?;
    let mut form = form.map_err(|_| Problem::BadForm)?;
    let (mut is_ours, mut sent) = (false, None);
    while let Some(field) = form.next_field().await.map_err(|_| Problem::BadForm)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_ours = !staff.visit.is_forged(Some(&files::text(field).await?)),
            "file" if !is_ours => return Err(Problem::Forged),
            "file" if sent.is_none() => {
                let kind = field.content_type().map(|kind| plain(kind).to_owned());
                let kind = kind.filter(|kind| !kind.is_empty()).unwrap_or_else(|| ANY.to_owned());
                sent = files::read(field).await?.map(|(name, content)| (name, kind, content));
            }
            _ => {}
        }
    }
    if !is_ours {
        return Err(Problem::Forged);
    }
    let refused = match sent {
        None => vec![Refusal::at("INVALID", "file")],
        Some((name, kind, content)) => give(&staff, &id, name, kind, content).await?,
    };
    if refused.is_empty() {
        return Ok(staff.visit.go(&format!("/admin/variants/{id}?done=file-add")));
    }
    let refused = refused
        .into_iter()
        .map(|refusal| refusal.told_at("file"))
        .collect::<Vec<_>>();
    let refused = Refused::of(&staff, "file-add", &Form::from(""), &refused);
    page(staff, id, &Told::default(), Some(refused)).await
}

/// Without parameters, as the API takes it.
fn plain(kind: &str) -> &str {
    kind.split(';').next().unwrap_or_default().trim()
}

async fn give(staff: &Staff, variant: &str, name: String, kind: String, content: Bytes) -> Outcome {
    let file = StagedUploadInput {
        file_size: content.len() as i64,
        filename: name.clone(),
        mime_type: kind.clone(),
        purpose: StagedUploadPurpose::File,
    };
    let variables = document::Variables { input: vec![file] };
    let staged = staff.visit.ask(AdminVariantFileStage, variables).await?;
    let staged = staged.staged_uploads_create.ok_or(Problem::Broken)?;
    if !staged.user_errors.is_empty() {
        return Ok(refusals(&staged.user_errors));
    }
    let target = staged.targets.into_iter().flatten().next().ok_or(Problem::Broken)?;
    let sent = Upload {
        path: files::path_of(&target.url).ok_or(Problem::Broken)?,
        is_put: true,
        content_type: HeaderValue::try_from(kind).map_err(|_| Problem::BadForm)?,
        body: content,
    };
    if let Err(refusal) = files::send::<serde::de::IgnoredAny>(&staff.visit, &name, sent).await? {
        return Ok(vec![refusal]);
    }
    let input = add_document::VariantFileAddInput {
        days: None,
        fetches_max: None,
        name: Some(name),
        upload_id: target.upload_id,
        variant_id: variant.to_owned(),
    };
    deed::run(staff, AdminVariantFileAdd, add_document::Variables { input }).await
}

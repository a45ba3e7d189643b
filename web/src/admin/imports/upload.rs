//! A file that is sent to be imported: to the API, which begins to look at it.

use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    http::HeaderValue,
};

use super::page;
use crate::{
    admin::{
        deed::Refused,
        staff::{Permission, Staff},
    },
    answer::Answer,
    api::Upload,
    files::{self, Begun},
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// `POST /admin/imports/file`. The form's token comes before its file: nothing of it is read without it.
pub async fn upload(staff: Staff, form: Result<Multipart, MultipartRejection>) -> Answer {
    staff.require(Permission::Catalog)?;
    let mut form = form.map_err(|_| Problem::BadForm)?;
    let (mut is_ours, mut sent) = (false, None);
    let (mut source, mut what) = ("SHOPIFY".to_owned(), "PRODUCTS".to_owned());
    while let Some(field) = form.next_field().await.map_err(|_| Problem::BadForm)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_ours = !staff.visit.is_forged(Some(&files::text(field).await?)),
            "file" | "source" | "what" if !is_ours => return Err(Problem::Forged),
            "source" => source = files::text(field).await?,
            "what" => what = files::text(field).await?,
            "file" if sent.is_none() => sent = files::read(field).await?,
            _ => {}
        }
    }
    if !is_ours {
        return Err(Problem::Forged);
    }
    let Some((name, content)) = sent else {
        return refused(staff, Refusal::at("INVALID", "file")).await;
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("fileName", &name)
        .append_pair("dryRun", "true")
        .append_pair("source", &source)
        .append_pair("what", &what)
        .finish();
    let file = Upload {
        path: format!("/api/product-imports?{query}"),
        is_put: false,
        content_type: HeaderValue::from_static("text/csv"),
        body: content,
    };
    match files::send::<Begun>(&staff.visit, &name, file).await? {
        Ok(begun) => Ok(staff.visit.go(&format!("/admin/imports/{}", begun.id))),
        Err(refusal) => refused(staff, refusal).await,
    }
}

async fn refused(staff: Staff, refusal: Refusal) -> Answer {
    let refused = Refused::of(&staff, "file", &Form::from(""), &[refusal]);
    page(staff, Some(refused)).await
}

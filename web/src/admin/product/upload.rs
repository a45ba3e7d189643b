//! Pictures that are sent: into the shop's store, and from there to the product.

use axum::{
    body::Bytes,
    extract::{
        Multipart, Path,
        multipart::{Field, MultipartRejection},
    },
    http::HeaderValue,
};

use super::{Told, editor};
use crate::{
    admin::{
        deed::{self, Refused},
        staff::{Permission, Staff},
    },
    answer::Answer,
    api::Upload,
    documents::{AdminPicturesAdd, admin_pictures_add as document},
    files::{self, Begun},
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// More at once are sent in several forms.
const PICTURES_MAX: usize = 10;

/// `POST /admin/products/{id}/pictures`. The form's token comes before its files: nothing of them is read without it.
pub async fn upload(staff: Staff, Path(id): Path<String>, form: Result<Multipart, MultipartRejection>) -> Answer {
    staff.require(Permission::Catalog)?;
    let mut form = form.map_err(|_| Problem::BadForm)?;
    let (mut is_ours, mut version) = (false, None);
    let (mut stored, mut refusals) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| Problem::BadForm)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_ours = !staff.visit.is_forged(Some(&files::text(field).await?)),
            "expectedVersion" => version = files::text(field).await?.parse().ok(),
            "file" if !is_ours => return Err(Problem::Forged),
            "file" if stored.len() < PICTURES_MAX => match store(&staff, field).await? {
                Some(Ok(media_id)) => stored.push(media_id),
                Some(Err(refusal)) => refusals.push(refusal),
                None => {}
            },
            _ => {}
        }
    }
    if !is_ours {
        return Err(Problem::Forged);
    }
    if refusals.is_empty() {
        refusals = add(&staff, id.clone(), version, stored).await?;
    }
    if refusals.is_empty() {
        return Ok(staff.visit.go(&format!("/admin/products/{id}?done=pictures-add")));
    }
    let refused = Refused::of(&staff, "pictures-add", &Form::from(""), &refusals);
    editor(staff, id, &Told::default(), Some(refused)).await
}

async fn add(
    staff: &Staff,
    product_id: String,
    expected_version: Option<i64>,
    stored: Vec<String>,
) -> Result<Vec<Refusal>, Problem> {
    if stored.is_empty() {
        return Ok(vec![Refusal::at("INVALID", "file")]);
    }
    let picture = |media_id: String| document::ProductPictureInput {
        alt_text: None,
        media_id,
        variant_ids: None,
    };
    let input = document::ProductPicturesAddInput {
        expected_version,
        pictures: stored.into_iter().map(picture).collect(),
        product_id,
    };
    deed::run(staff, AdminPicturesAdd, document::Variables { input }).await
}

/// Its id in the store, or why it is not taken; nothing where no file was chosen.
async fn store(staff: &Staff, field: Field<'_>) -> Result<Option<Result<String, Refusal>>, Problem> {
    let Some((name, content)) = files::read(field).await? else {
        return Ok(None);
    };
    let boundary = staff.visit.site.api().secret();
    let content_type = format!("multipart/form-data; boundary={boundary}");
    let file = Upload {
        path: "/api/media".to_owned(),
        is_put: false,
        content_type: HeaderValue::try_from(content_type).map_err(|_| Problem::Broken)?,
        body: form(&boundary, &name, &content),
    };
    let stored = files::send::<Begun>(&staff.visit, &name, file).await?;
    Ok(Some(stored.map(|stored| stored.id)))
}

/// As `POST /api/media` takes it. Nobody guesses the boundary, so that no file holds it.
fn form(boundary: &str, name: &str, content: &[u8]) -> Bytes {
    let head = format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: \
         application/octet-stream\r\n\r\n"
    );
    let foot = format!("\r\n--{boundary}--\r\n");
    [head.as_bytes(), content, foot.as_bytes()].concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_holds_the_file_as_it_is() {
        let whole = form("b", "a.png", b"PNG");
        assert!(whole.starts_with(b"--b\r\n") && whole.ends_with(b"\r\n\r\nPNG\r\n--b--\r\n"));
    }
}

//! Files that are sent by a form: read, and handed on to the API.

use axum::{body::Bytes, extract::multipart::Field, http::StatusCode};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{api::Upload, problem::Problem, refusals::Refusal, visit::Visit};

/// A longer name of a file is cut off.
const NAME_LETTERS_MAX: usize = 100;

/// What the API answers where it has taken a file: by which name it goes on.
#[derive(Deserialize)]
pub struct Begun {
    pub id: String,
}

#[derive(Deserialize)]
struct Refusing {
    detail: String,
}

/// A file's name, with nothing in it that ends a header, and its content; nothing where no file was chosen.
///
/// # Errors
/// `BadForm` where the form breaks off, or is too large.
pub async fn read(field: Field<'_>) -> Result<Option<(String, Bytes)>, Problem> {
    let name = plain(field.file_name().unwrap_or_default());
    let content = field.bytes().await.map_err(|_| Problem::BadForm)?;
    Ok((!content.is_empty()).then_some((name, content)))
}

/// What else stands in a form with files.
///
/// # Errors
/// `BadForm`.
pub async fn text(field: Field<'_>) -> Result<String, Problem> {
    field.text().await.map_err(|_| Problem::BadForm)
}

/// Of an address that the API gave, what follows the shop's own.
pub fn path_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    rest.find('/').map(|at| rest[at..].to_owned())
}

/// What the API says of a file, or why it does not take it: told at the field `file`.
///
/// # Errors
/// Where there is no answer to it.
pub async fn send<Answered: DeserializeOwned>(
    visit: &Visit,
    name: &str,
    file: Upload,
) -> Result<Result<Answered, Refusal>, Problem> {
    let answered = visit.send_file(file).await;
    match answered.status {
        status if status.is_success() => {
            // An answer without a body is null.
            let body = if answered.body.is_empty() {
                b"null"
            } else {
                answered.body.as_ref()
            };
            Ok(Ok(serde_json::from_slice(body).map_err(|_| Problem::Broken)?))
        }
        StatusCode::UNAUTHORIZED => Err(Problem::SignedOut),
        StatusCode::FORBIDDEN => Err(Problem::Forbidden),
        StatusCode::TOO_MANY_REQUESTS => Err(Problem::TooOften(answered.retry_after.unwrap_or(5))),
        StatusCode::SERVICE_UNAVAILABLE => Err(Problem::Overloaded),
        _ => {
            let told: Refusing = serde_json::from_slice(&answered.body).map_err(|_| Problem::Broken)?;
            Ok(Err(Refusal::said(format!("{name}: {}", told.detail), "file")))
        }
    }
}

fn plain(name: &str) -> String {
    let letter = |letter: char| match letter.is_alphanumeric() || "._- ".contains(letter) {
        true => letter,
        false => '_',
    };
    name.chars().take(NAME_LETTERS_MAX).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_no_header() {
        assert_eq!(plain("lamp \"1\"\r\nx: y.jpg"), "lamp _1___x_ y.jpg");
    }

    #[test]
    fn a_path_is_what_follows_the_shop() {
        assert_eq!(path_of("https://shop.example/api/x?a=1").as_deref(), Some("/api/x?a=1"));
        assert_eq!(path_of("/api/x"), None);
    }
}

//! `GET /dev/mail`: the mails that a shop without a mail server wrote, as people would read them, and its text messages.
//! In development only.

use std::path::PathBuf;

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use vitrine_adapters::{
    mailer::file::{DevMail, read_folder},
    sms::file::{DevSms, read_folder as read_messages},
};

use super::html::{answer, escape, page};

/// Where the mails and text messages lie, and the storefront in whose frame they are shown, where there is one.
#[derive(Clone)]
struct Mails {
    folder: PathBuf,
    sms_folder: Option<PathBuf>,
    site: Option<vitrine_web::Site>,
}

/// A mail's HTML runs nothing and loads nothing but our own pictures. Its links open where the
/// whole window is.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; \
                           form-action 'none'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";

pub fn routes(folder: PathBuf, sms_folder: Option<PathBuf>, site: Option<vitrine_web::Site>) -> Router {
    Router::new()
        .route("/dev/mail", get(list))
        .route("/dev/mail/{file}", get(show))
        .route("/dev/mail/{file}/html", get(html))
        .with_state(Mails {
            folder,
            sms_folder,
            site,
        })
}

impl Mails {
    async fn page(&self, parts: &Parts, title: &str, body: &str) -> Response {
        match &self.site {
            Some(site) => vitrine_web::paper(site, parts, title, body).await,
            None => page(title, body),
        }
    }
}

async fn list(State(mails): State<Mails>, parts: Parts) -> Response {
    let found = match read_folder(&mails.folder).await {
        Ok(found) => found,
        Err(error) => return unreadable(&error),
    };
    let told = match &mails.sms_folder {
        Some(folder) => read_messages(folder).await.map(|told| messages(&told)),
        None => Ok(String::new()),
    };
    let told = match told {
        Ok(told) => told,
        Err(error) => return unreadable(&error),
    };
    if found.is_empty() {
        let body =
            format!("<p>No mail was sent yet. Place an order, and look again.</p>{told}<p><a href=\"/\">Home</a></p>");
        return mails.page(&parts, "Mails", &body).await;
    }
    let rows: String = found.iter().map(row).collect();
    let body = format!(
        "<p class=\"soft\">Written into <code>{}</code> in place of being sent. Newest first.</p>\
         <table><tr><th>Subject</th><th>To</th><th>Sent</th></tr>{rows}</table>{told}<p><a href=\"/\">Home</a></p>",
        escape(&mails.folder.display().to_string())
    );
    mails.page(&parts, "Mails", &body).await
}

/// The text messages, where there are any.
fn messages(told: &[DevSms]) -> String {
    let rows: String = told
        .iter()
        .map(|sms| {
            let sent = sms.date.format("%Y-%m-%d %H:%M:%S UTC");
            format!(
                "<tr><td>{}</td><td>{}</td><td>{sent}</td></tr>",
                escape(&sms.text),
                escape(&sms.to)
            )
        })
        .collect();
    match told.is_empty() {
        true => String::new(),
        false => {
            format!("<h2>Text messages</h2><table><tr><th>Text</th><th>To</th><th>Sent</th></tr>{rows}</table>")
        }
    }
}

fn row(mail: &DevMail) -> String {
    let (file, subject) = (escape(&mail.file_name), escape(&mail.subject));
    format!(
        "<tr><td><a href=\"/dev/mail/{file}\">{subject}</a></td><td>{}</td><td>{}</td></tr>",
        escape(&mail.to),
        date(mail)
    )
}

async fn show(State(mails): State<Mails>, Path(file): Path<String>, parts: Parts) -> Response {
    match find(&mails.folder, &file).await {
        Ok(Some(mail)) => mails.page(&parts, &mail.subject, &body(&mail)).await,
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => unreadable(&error),
    }
}

fn body(mail: &DevMail) -> String {
    format!(
        "<p class=\"soft\">To {} on {}. <a href=\"/dev/mail\">All mails</a></p>\
         <iframe sandbox=\"allow-top-navigation-by-user-activation\" src=\"/dev/mail/{}/html\" title=\"The mail as HTML\"></iframe>\
         <h2>As text</h2><pre>{}</pre>",
        escape(&mail.to),
        date(mail),
        escape(&mail.file_name),
        escape(&mail.text)
    )
}

async fn html(State(mails): State<Mails>, Path(file): Path<String>) -> Response {
    match find(&mails.folder, &file).await {
        // Without a target, a link would open inside the frame.
        Ok(Some(mail)) => answer(
            mail.html.replacen("<head>", "<head><base target=\"_top\">", 1),
            MAIL_POLICY,
        ),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => unreadable(&error),
    }
}

/// Among what the folder lists, so that no name leads elsewhere.
async fn find(folder: &std::path::Path, file: &str) -> std::io::Result<Option<DevMail>> {
    Ok(read_folder(folder)
        .await?
        .into_iter()
        .find(|mail| mail.file_name == file))
}

fn date(mail: &DevMail) -> String {
    mail.date
        .map(|date| date.format("%Y-%m-%d %H:%M:%S UTC").to_string())
        .unwrap_or_default()
}

fn unreadable(error: &std::io::Error) -> Response {
    tracing::error!(%error, "the folder of mails cannot be read");
    (StatusCode::INTERNAL_SERVER_ERROR, "The folder of mails cannot be read.").into_response()
}

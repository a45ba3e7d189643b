//! From a [`Mail`] to an RFC 5322 message.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    address::AddressError,
    message::{
        Attachment, Mailbox, MultiPart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use vitrine_commerce::ports::mailer::{Mail, MailError};

use super::address::sent;

/// The longest subject, in characters.
const SUBJECT_LENGTH_MAX: usize = 500;

/// Builds the message: plain text and HTML as alternatives.
///
/// # Errors
/// Permanent ones: an address that is none, or a line break where a header would follow it.
pub(super) fn build(mail: &Mail, from: &Mailbox, now: DateTime<Utc>) -> Result<Message, MailError> {
    let to = recipient(&mail.to)?;
    if mail.subject.contains(char::is_control) || mail.subject.chars().count() > SUBJECT_LENGTH_MAX {
        return Err(refused("the subject is not one line of ordinary length"));
    }
    let id_is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    // It becomes a file's name and a header: nothing that means something in either.
    if mail.message_id.is_empty() || mail.message_id.starts_with('.') || !mail.message_id.bytes().all(id_is_plain) {
        return Err(refused(
            "the message id has other characters than letters, digits and -_.",
        ));
    }
    let mut message = Message::builder();
    if let Some(url) = &mail.unsubscribe {
        message = message
            .header(ListUnsubscribe(one_click(url)?))
            .header(ListUnsubscribePost);
    }
    message
        .message_id(Some(format!("<{}@{}>", mail.message_id, from.email.domain())))
        .date(SystemTime::from(now))
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&mail.subject)
        .multipart(body(mail)?)
        .map_err(|error| MailError::Permanent(error.into()))
}

/// Text and HTML as alternatives, and beside them what is attached.
fn body(mail: &Mail) -> Result<MultiPart, MailError> {
    let letter = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    if mail.attachments.is_empty() {
        return Ok(letter);
    }
    let mut parts = MultiPart::mixed().multipart(letter);
    for attachment in &mail.attachments {
        let mime_type = ContentType::parse(attachment.mime_type);
        let mime_type = mime_type.map_err(|error| MailError::Permanent(error.into()))?;
        let file = Attachment::new(attachment.name.clone()).body(attachment.content.clone(), mime_type);
        parts = parts.singlepart(file);
    }
    Ok(parts)
}

/// An address between angle brackets, as the header has it.
fn one_click(url: &str) -> Result<String, MailError> {
    match url.is_ascii() && !url.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>')) {
        true => Ok(format!("<{url}>")),
        false => Err(refused("the address that stops such mails is not a plain one")),
    }
}

/// RFC 2369: where whoever got the mail stops such ones.
#[derive(Debug, Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// RFC 8058: one POST is enough, and mail programs may send it.
#[derive(Debug, Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// One address and nothing else: no name, no list, no line break.
fn recipient(to: &str) -> Result<Address, MailError> {
    if to.contains(|letter: char| {
        letter.is_control() || letter.is_whitespace() || matches!(letter, ',' | ';' | '<' | '>')
    }) {
        return Err(refused("the recipient is not one plain mail address"));
    }
    let address = to.parse::<Address>();
    let address = address.map_err(|error: AddressError| MailError::Permanent(error.into()))?;
    sent(&address).ok_or_else(|| refused("the recipient's domain is none"))
}

fn refused(why: &str) -> MailError {
    MailError::Permanent(why.into())
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::mailer::MailAttachment;

    use super::*;

    fn written(unsubscribe: &str) -> Result<String, MailError> {
        let mail = Mail {
            message_id: "1".to_owned(),
            to: "ada@example.com".to_owned(),
            subject: "Back".to_owned(),
            text: String::new(),
            html: String::new(),
            unsubscribe: Some(unsubscribe.to_owned()),
            attachments: vec![MailAttachment {
                name: "R-2026-00001.pdf".to_owned(),
                mime_type: "application/pdf",
                content: b"%PDF-1.7\xe2\xe3".to_vec(),
            }],
        };
        let from = "shop@example.com".parse().expect("an address");
        let message = build(&mail, &from, DateTime::UNIX_EPOCH)?;
        Ok(String::from_utf8_lossy(&message.formatted()).into_owned())
    }

    #[test]
    fn one_click_stops_it() {
        let url = "https://shop.example/stock-alerts/salert_01j9zzzzzzzzzzzzzzzzzzzzzz?signature=a-_B";
        let message = written(url).expect("a mail");
        let head = message.replace("\r\n ", " ");
        assert!(head.contains(&format!("List-Unsubscribe: <{url}>\r\n")), "{head}");
        assert!(
            head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
            "{head}"
        );
        let file = "Content-Disposition: attachment; filename=\"R-2026-00001.pdf\"";
        assert!(head.contains(file) && head.contains("JVBERi0xLjfi4w=="), "{head}");
        assert!(written("https://shop.example/>\r\nBcc: eve@example.com").is_err());
    }
}

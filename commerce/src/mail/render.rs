//! From what a mail shows to the mail, by the templates that are compiled in. `.html` is escaped, `.txt`
//! is not.

use super::words::one_line;
use crate::{Fault, ports::mailer::Mail};

/// What a mail shows, in words. [`templates`] makes the three parts of it.
pub(super) trait Parts {
    fn parts(&self) -> askama::Result<[String; 3]>;
}

/// Writes a mail.
///
/// # Errors
/// When a template fails, which none of ours does: they only write to memory.
pub(super) fn render(shown: &impl Parts, message_id: String, to: &str) -> Result<Mail, Fault> {
    let parts = shown.parts();
    let [subject, text, html] = parts.map_err(|error| Fault::other("rendering a mail", error))?;
    Ok(Mail {
        message_id,
        to: to.to_owned(),
        subject: one_line(&subject),
        text,
        html,
        unsubscribe: None,
    })
}

/// Names the templates of a mail. In them the fields of what it shows stand under their own names.
macro_rules! templates {
    ($shown:ident: $subject:literal, $text:literal, $html:literal) => {
        $crate::mail::render::templates! { @part $shown Subject $subject }
        $crate::mail::render::templates! { @part $shown Text $text }
        $crate::mail::render::templates! { @part $shown Html $html }

        impl $crate::mail::render::Parts for $shown {
            fn parts(&self) -> askama::Result<[String; 3]> {
                use askama::Template;
                Ok([
                    Subject(self).render()?,
                    Text(self).render()?,
                    Html(self).render()?,
                ])
            }
        }
    };
    (@part $shown:ident $part:ident $path:literal) => {
        #[derive(askama::Template)]
        #[template(path = $path)]
        struct $part<'a>(&'a $shown);

        impl std::ops::Deref for $part<'_> {
            type Target = $shown;

            fn deref(&self) -> &$shown {
                self.0
            }
        }
    };
}

pub(super) use templates;

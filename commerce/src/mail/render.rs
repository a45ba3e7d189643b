//! From what a mail shows to the mail: its words by the reader's language, its parts by the templates that are compiled in.
//! `.html` is escaped, `.txt` is not.

use std::borrow::Borrow;

use super::words::one_line;
use crate::{
    Fault,
    language::{Language, Message, messages},
    ports::mailer::Mail,
};

/// What every mail says.
pub(super) trait Letter {
    fn subject(&self) -> Message;

    fn heading(&self) -> Message;

    /// What a list of mails shows beneath the subject.
    fn preview(&self) -> Message {
        self.subject()
    }

    /// What stands on the button.
    fn action(&self) -> Message {
        messages::mail_see_order()
    }

    /// How far a parcel has come, of three steps.
    fn step(&self) -> Option<usize> {
        None
    }

    /// What happens next.
    fn next(&self) -> Option<Message> {
        None
    }
}

/// What a mail shows, in words. [`templates`] makes both parts of it.
pub(super) trait Parts: Letter {
    /// Text and HTML.
    fn parts(&self, language: &Language) -> askama::Result<[String; 2]>;
}

/// Writes a mail.
///
/// # Errors
/// When a template fails, which none of ours does: they only write to memory.
pub(super) fn render(shown: &impl Parts, language: &Language, message_id: String, to: &str) -> Result<Mail, Fault> {
    let parts = shown.parts(language);
    let [text, html] = parts.map_err(|error| Fault::other("rendering a mail", error))?;
    Ok(Mail {
        message_id,
        to: to.to_owned(),
        subject: one_line(&language.say(&shown.subject())),
        text,
        html,
        unsubscribe: None,
        attachments: Vec::new(),
    })
}

/// Names the templates of a mail. In them the fields of what it shows stand under their own names, and `self` says messages.
macro_rules! templates {
    ($shown:ident: $text:literal, $html:literal) => {
        $crate::mail::render::templates! { @part $shown Text $text }
        $crate::mail::render::templates! { @part $shown Html $html }

        impl $crate::mail::render::Parts for $shown {
            fn parts(&self, language: &$crate::language::Language) -> askama::Result<[String; 2]> {
                use askama::Template;
                Ok([
                    Text($crate::mail::render::Said {
                        shown: self,
                        language,
                    })
                    .render()?,
                    Html($crate::mail::render::Said {
                        shown: self,
                        language,
                    })
                    .render()?,
                ])
            }
        }
    };
    (@part $shown:ident $part:ident $path:literal) => {
        #[derive(askama::Template)]
        #[template(path = $path)]
        struct $part<'a>($crate::mail::render::Said<'a, $shown>);

        impl<'a> std::ops::Deref for $part<'a> {
            type Target = $crate::mail::render::Said<'a, $shown>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    };
}

pub(super) use templates;

/// What a mail shows to a reader of this language.
pub(super) struct Said<'a, Shown> {
    pub(super) shown: &'a Shown,
    pub(super) language: &'a Language,
}

impl<Shown> std::ops::Deref for Said<'_, Shown> {
    type Target = Shown;

    fn deref(&self) -> &Shown {
        self.shown
    }
}

impl<Shown> Said<'_, Shown> {
    pub(super) fn say(&self, message: impl AsRef<Message>) -> String {
        self.language.say(message.as_ref())
    }

    /// Above a link, in plain text.
    pub(super) fn label(&self, message: impl AsRef<Message>) -> String {
        self.say(messages::mail_label(message.as_ref()))
    }

    /// On one line of plain text.
    pub(super) fn labelled(&self, label: impl AsRef<Message>, value: &str) -> String {
        self.say(messages::mail_labelled(label.as_ref(), value))
    }

    pub(super) fn number(&self, number: impl Borrow<i32>) -> String {
        self.language.number((*number.borrow()).into())
    }

    /// How far a parcel may have come.
    pub(super) fn steps(&self) -> [Message; 3] {
        [
            messages::mail_step_received(),
            messages::mail_step_confirmed(),
            messages::mail_step_dispatched(),
        ]
    }

    /// Whether a parcel has come to this step or a later one; and whether it is at this one.
    pub(super) fn has_reached(&self, step: impl Borrow<usize>, reached: impl Borrow<usize>) -> bool {
        step.borrow() <= reached.borrow()
    }

    pub(super) fn is_at(&self, step: impl Borrow<usize>, reached: impl Borrow<usize>) -> bool {
        step.borrow() == reached.borrow()
    }

    pub(super) fn lang(&self) -> &str {
        self.language.tag()
    }

    pub(super) fn dir(&self) -> &'static str {
        self.language.direction()
    }

    /// Where lines begin. Mail programs do not know CSS's logical properties.
    pub(super) fn start(&self) -> &'static str {
        if self.dir() == "rtl" { "right" } else { "left" }
    }

    pub(super) fn end(&self) -> &'static str {
        if self.dir() == "rtl" { "left" } else { "right" }
    }

    /// Letters that are joined are not spaced.
    pub(super) fn spacing(&self) -> &'static str {
        if self.dir() == "rtl" {
            ""
        } else {
            " letter-spacing:0.04em;"
        }
    }
}

//! What the mails about an account say.

use vitrine_entity::customer_notice::CustomerNoticeKind;

use crate::{
    Shop,
    customers::link,
    language::{Message, Value, messages},
    mail::{render::Letter, words::one_line},
};

/// What is shown. Every text is a single line.
pub(in crate::mail) struct Account {
    pub(super) shop_name: String,
    pub(super) heading: Message,
    pub(super) greeting: Message,
    pub(super) text: Message,
    /// Where to go on, and what stands on the button that leads there.
    pub(super) link: Option<(String, Message)>,
    /// What to do where it was somebody else, and the like.
    pub(super) notes: Vec<Message>,
}

impl Letter for Account {
    fn subject(&self) -> Message {
        messages::account_subject(&self.heading, &self.shop_name)
    }

    fn heading(&self) -> Message {
        self.heading.clone()
    }
}

impl Account {
    /// Nothing that was typed with it is shown: strangers would write to anybody from here.
    pub(in crate::mail) fn of_sign_up(shop: &Shop, link: String, expires: Value) -> Self {
        Self {
            link: Some((link, messages::account_sign_up_heading())),
            notes: vec![
                messages::account_link_once(expires),
                messages::account_sign_up_not_you(),
            ],
            ..Self::plain(
                shop,
                messages::account_sign_up_heading(),
                messages::account_sign_up_text,
            )
        }
    }

    pub(in crate::mail) fn of_taken_sign_up(shop: &Shop) -> Self {
        Self {
            link: Some(new_password(shop)),
            notes: vec![messages::account_taken_not_you()],
            ..Self::plain(shop, messages::account_taken_heading(), messages::account_taken_text)
        }
    }

    pub(in crate::mail) fn of_reset(shop: &Shop, name: &str, link: String, expires: Value) -> Self {
        Self {
            greeting: messages::mail_hello(one_line(name)),
            link: Some((link, messages::account_choose_password())),
            notes: vec![
                messages::account_link_secret(expires),
                messages::account_not_you_unchanged(),
            ],
            ..Self::plain(shop, messages::account_reset_heading(), messages::account_reset_text)
        }
    }

    pub(in crate::mail) fn of_change(shop: &Shop, link: String, expires: Value) -> Self {
        Self {
            link: Some((link, messages::account_change_heading())),
            notes: vec![messages::account_link_once(expires), messages::account_change_not_you()],
            ..Self::plain(shop, messages::account_change_heading(), messages::account_change_text)
        }
    }

    pub(in crate::mail) fn of_taken_change(shop: &Shop) -> Self {
        Self::plain(
            shop,
            messages::account_taken_heading(),
            messages::account_taken_change_text,
        )
    }

    pub(in crate::mail) fn of_erasure(shop: &Shop, link: String, expires: Value) -> Self {
        Self {
            link: Some((link, messages::account_erasure_action())),
            notes: vec![
                messages::account_link_once(expires),
                messages::account_erasure_not_you(),
            ],
            ..Self::plain(
                shop,
                messages::account_erasure_heading(),
                messages::account_erasure_text,
            )
        }
    }

    /// To whoever has not been here for long.
    fn of_unused(shop: &Shop, name: &str, until: Value) -> Self {
        Self {
            greeting: messages::mail_hello(name),
            link: Some(new_password(shop)),
            notes: vec![messages::account_unused_note()],
            ..Self::plain(shop, messages::account_unused_heading(), |name: String| {
                messages::account_unused_text(name, until)
            })
        }
    }

    /// `at` is when it happened, or when an unused account goes.
    pub(in crate::mail) fn of_notice(shop: &Shop, kind: CustomerNoticeKind, name: &str, at: Value) -> Self {
        let shop_name = one_line(&shop.profile().name);
        let (heading, text) = match kind {
            CustomerNoticeKind::PasswordChanged => (
                messages::account_password_changed_heading(),
                messages::account_password_changed_text(shop_name, at),
            ),
            CustomerNoticeKind::EmailChangeRequested => (
                messages::account_change_requested_heading(),
                messages::account_change_requested_text(shop_name, at),
            ),
            CustomerNoticeKind::EmailChanged => (
                messages::account_changed_heading(),
                messages::account_changed_text(shop_name, at),
            ),
            CustomerNoticeKind::IdentityLinked => (
                messages::account_linked_heading(),
                messages::account_linked_text(shop_name, at),
            ),
            CustomerNoticeKind::DataExported => (
                messages::account_exported_heading(),
                messages::account_exported_text(shop_name),
            ),
            CustomerNoticeKind::Erased => (
                messages::account_erased_heading(),
                messages::account_erased_text(shop_name, at),
            ),
            CustomerNoticeKind::Unused => return Self::of_unused(shop, name, at),
        };
        Self {
            greeting: messages::mail_hello(name),
            notes: vec![if_unexpected(kind)],
            ..Self::plain(shop, heading, |_| text)
        }
    }

    fn plain(shop: &Shop, heading: Message, text: impl FnOnce(String) -> Message) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            heading,
            greeting: messages::mail_hello_nobody(),
            text: text(shop_name.clone()),
            link: None,
            notes: Vec::new(),
            shop_name,
        }
    }
}

fn new_password(shop: &Shop) -> (String, Message) {
    let url = link::url(&shop.settings.account_url, "password-forgotten", "");
    (url, messages::account_choose_password())
}

/// What to do about what one did not ask for. An account may also be erased by staff, or because nobody used it.
fn if_unexpected(kind: CustomerNoticeKind) -> Message {
    match kind {
        CustomerNoticeKind::Erased => messages::account_erased_unexpected(),
        _ => messages::account_not_you_tell(),
    }
}

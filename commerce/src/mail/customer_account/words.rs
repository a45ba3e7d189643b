//! What the mails about an account say.

use vitrine_entity::customer_notice::CustomerNoticeKind;

use crate::{Shop, customers::link, mail::words::one_line};

/// What is shown. Every text is a single line.
pub(super) struct Account {
    pub(super) shop_name: String,
    pub(super) heading: &'static str,
    pub(super) greeting: String,
    pub(super) text: String,
    /// Where to go on.
    pub(super) link: Option<String>,
    /// What stands on the button that leads there.
    pub(super) label: &'static str,
    /// What to do where it was somebody else, and the like.
    pub(super) notes: Vec<String>,
}

impl Account {
    /// Nothing that was typed with it is shown: strangers would write to anybody from here.
    pub(super) fn of_sign_up(shop: &Shop, link: String, expires: &str) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            text: format!(
                "Somebody, probably you, wants an account at {shop_name} with this mail address. Confirm that it is \
                 yours, with the password that you chose:"
            ),
            link: Some(link),
            label: "Confirm your address",
            notes: vec![
                format!("The link opens once, until {expires}."),
                "If it was not you, do nothing: there will be no account.".to_owned(),
            ],
            ..Self::plain(shop, "Confirm your address")
        }
    }

    pub(super) fn of_taken_sign_up(shop: &Shop) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            text: format!(
                "Somebody, probably you, wants an account at {shop_name} with this mail address. You have one \
                 already: sign in. If you have forgotten your password, choose a new one:"
            ),
            link: Some(link::url(&shop.settings.account_url, "password-forgotten", "")),
            label: "Choose a new password",
            notes: vec!["If it was not you, do nothing: your account stays as it is.".to_owned()],
            ..Self::plain(shop, "You have an account")
        }
    }

    pub(super) fn of_reset(shop: &Shop, name: &str, link: String, expires: &str) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            greeting: format!("Hello {},", one_line(name)),
            text: format!("Somebody, probably you, asked for a new password for your account at {shop_name}."),
            link: Some(link),
            label: "Choose a new password",
            notes: vec![
                format!("The link opens once, until {expires}. Please keep it to yourself."),
                "If it was not you, do nothing: your password stays as it is.".to_owned(),
            ],
            ..Self::plain(shop, "A new password")
        }
    }

    pub(super) fn of_change(shop: &Shop, link: String, expires: &str) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            text: format!("An account at {shop_name} is to have this mail address. Confirm that it is yours:"),
            link: Some(link),
            label: "Confirm your new address",
            notes: vec![
                format!("The link opens once, until {expires}."),
                "If it was not you who asked for it, do nothing: the account keeps the address that it has.".to_owned(),
            ],
            ..Self::plain(shop, "Confirm your new address")
        }
    }

    pub(super) fn of_taken_change(shop: &Shop) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            text: format!(
                "Somebody wants to use this mail address for another account at {shop_name}. It has one already, and \
                 stays with it: nothing has changed."
            ),
            ..Self::plain(shop, "You have an account")
        }
    }

    pub(super) fn of_erasure(shop: &Shop, link: String, expires: &str) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            text: format!(
                "Somebody, probably you, wants your account at {shop_name} to be erased, with everything that belongs \
                 to it. This cannot be undone."
            ),
            link: Some(link),
            label: "Erase the account",
            notes: vec![
                format!("The link opens once, until {expires}."),
                "If it was not you, change your password: somebody knows it.".to_owned(),
            ],
            ..Self::plain(shop, "Erase your account?")
        }
    }

    /// To whoever has not been here for long.
    pub(super) fn of_unused(shop: &Shop, name: &str, until: &str) -> Self {
        let shop_name = one_line(&shop.profile().name);
        Self {
            greeting: format!("Hello {name},"),
            text: format!(
                "You have not used your account at {shop_name} for a long time. It is erased after {until}, with \
                 everything that belongs to it. To keep it, sign in before that. If you have forgotten your password, \
                 choose a new one:"
            ),
            link: Some(link::url(&shop.settings.account_url, "password-forgotten", "")),
            label: "Choose a new password",
            notes: vec!["If you do not need the account any more, do nothing.".to_owned()],
            ..Self::plain(shop, "Your account is about to be erased")
        }
    }

    /// `at` is when it happened, or when an unused account goes.
    pub(super) fn of_notice(shop: &Shop, kind: CustomerNoticeKind, name: &str, at: &str) -> Self {
        let shop_name = one_line(&shop.profile().name);
        let (heading, text) = match kind {
            CustomerNoticeKind::PasswordChanged => (
                "Your password was changed",
                format!("The password of your account at {shop_name} was changed at {at}."),
            ),
            CustomerNoticeKind::EmailChangeRequested => (
                "Another mail address is asked for",
                format!("At {at} somebody asked that your account at {shop_name} have another mail address."),
            ),
            CustomerNoticeKind::EmailChanged => (
                "Your mail address was changed",
                format!(
                    "Since {at} your account at {shop_name} has another mail address; this one is not its any more."
                ),
            ),
            CustomerNoticeKind::IdentityLinked => (
                "Another way into your account",
                format!(
                    "At {at} somebody signed in at a provider that {shop_name} trusts, with this mail address. From now \
                     on that opens your account, too; your account lists it, and you can take it away there."
                ),
            ),
            CustomerNoticeKind::DataExported => (
                "Your data is ready",
                format!("The file with what {shop_name} keeps of you is written: fetch it in your account."),
            ),
            CustomerNoticeKind::Erased => (
                "Your account is erased",
                format!(
                    "Since {at} your account at {shop_name} and what belongs to it is being erased. You hear no more of it."
                ),
            ),
            CustomerNoticeKind::Unused => return Self::of_unused(shop, name, at),
        };
        Self {
            greeting: format!("Hello {name},"),
            text,
            notes: vec![if_unexpected(kind).to_owned()],
            ..Self::plain(shop, heading)
        }
    }

    fn plain(shop: &Shop, heading: &'static str) -> Self {
        Self {
            shop_name: one_line(&shop.profile().name),
            heading,
            greeting: "Hello,".to_owned(),
            text: String::new(),
            link: None,
            label: "",
            notes: Vec::new(),
        }
    }
}

/// What to do about what one did not ask for. An account may also be erased by staff, or because nobody used it.
fn if_unexpected(kind: CustomerNoticeKind) -> &'static str {
    match kind {
        CustomerNoticeKind::Erased => "If you did not expect this, write to the shop.",
        _ => "If it was not you, write to the shop at once: somebody may have your password.",
    }
}

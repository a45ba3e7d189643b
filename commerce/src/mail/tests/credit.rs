//! Mails about gift cards and store credit.

use super::rows::{held_until, mail};
use crate::{
    language::Language,
    mail::{credit_expires::CreditExpires, gift_card::GiftCard},
    money::Money,
    ports::mailer::Mail,
};

/// Of each kind one.
pub(super) fn mails(amount: Money, language: &Language) -> [Mail; 2] {
    [
        mail(
            &GiftCard {
                shop_name: "Vitrine".to_owned(),
                sender: Some("Bob".to_owned()),
                amount,
                code: "7K3Q-M2XB-9TRA-0WZC-5HND".to_owned(),
                message: Some("Happy birthday!".to_owned()),
                expires: held_until(),
                link: "https://shop.example".to_owned(),
            },
            language,
        ),
        mail(
            &CreditExpires {
                shop_name: "Vitrine".to_owned(),
                amount,
                digits: Some("5HND".to_owned()),
                expires: held_until().expect("a time"),
                link: "https://shop.example".to_owned(),
            },
            language,
        ),
    ]
}

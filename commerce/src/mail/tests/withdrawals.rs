//! A withdrawal's mails: in each language the wording stays as it was declared, and the number and the order are told.

use super::rows::{held_until, mail};
use crate::{
    language::Language,
    mail::withdrawal::{Told, Withdrawal},
    ports::mailer::Mail,
};

/// Of each kind one.
pub(super) fn mails(language: &Language) -> [Mail; 4] {
    let told = [
        Told::Received,
        Told::Accepted,
        Told::Refused("It came after 14 days.".to_owned()),
        Told::Staff {
            judgement: "It is late.".into(),
            link: "https://shop.example/admin/withdrawals/wdr_1".to_owned(),
        },
    ];
    told.map(|told| {
        let shown = Withdrawal {
            shop_name: "Vitrine".to_owned(),
            number: "W-7K3M-9QXT".to_owned(),
            order_number: "V-2222-3333".to_owned(),
            received: held_until().expect("a time"),
            statement: vec!["I, Ada, withdraw".to_owned(), "2 × Walnut tray".to_owned()],
            told,
        };
        mail(&shown, language)
    })
}

#[test]
fn a_withdrawal_is_told_as_it_was_declared() {
    for tag in ["en", "de", "fr", "es", "ja", "ar"] {
        let language = Language::of(tag, "DE");
        let [received, accepted, refused, staff] = mails(&language);
        for mail in [&received, &accepted, &refused, &staff] {
            for part in [&mail.text, &mail.html] {
                assert!(
                    part.contains("I, Ada, withdraw") && part.contains("2 × Walnut tray"),
                    "{tag}: {part}"
                );
                assert!(part.contains("W-7K3M-9QXT"), "{tag}: {part}");
            }
            assert!(mail.subject.contains("V-2222-3333"), "{tag}: {}", mail.subject);
        }
        assert!(refused.text.contains("It came after 14 days.") && refused.html.contains("It came after 14 days."));
        assert!(!received.text.contains("14 days") && !received.text.contains("/admin/"));
        assert!(
            staff
                .html
                .contains("href=\"https://shop.example/admin/withdrawals/wdr_1\"")
        );
    }
    let [received, ..] = mails(&Language::english());
    assert!(
        received
            .text
            .contains("confirms that we received your withdrawal from order V-2222-3333")
    );
    let [received, ..] = mails(&Language::of("de", "DE"));
    assert!(received.text.contains("Eingegangen am"), "{}", received.text);
}

//! What people type stays text.

use super::rows;
use crate::{
    language::{Language, messages},
    mail::{
        account_overdue::AccountOverdue,
        back_in_stock::BackInStock,
        credit_expires::CreditExpires,
        gift_card::GiftCard,
        layout::{DownloadView, OrderView, Pickup},
        order_cancelled::{MoneyBack, OrderCancelled},
        order_confirmed::OrderConfirmed,
        order_dispatched::{OrderDispatched, Parcel},
        order_downloads::OrderDownloads,
        order_edited::OrderEdited,
        order_received::OrderReceived,
        order_refunded::{MoneyTo, OrderRefunded},
        order_return::{OrderReturn, Told, Way},
        payment_failed::PaymentFailed,
        render::render,
        withdrawal::{self, Withdrawal},
        words::one_line,
    },
    money::{Currency, Money},
    ports::mailer::Mail,
};

const EVIL: &str = "<script>alert(1)</script> {{7*7}} {% raw %} \"><img src=x onerror='y'>\r\nBcc: eve@example.com";

fn evil_mails() -> Vec<Mail> {
    let mut order = rows::order();
    order.number = format!("V-1\r\n{EVIL}");
    order.shipping_method_name = EVIL.to_owned();
    let address = &mut order.shipping_address;
    (address.name, address.line1, address.city) = (EVIL.to_owned(), EVIL.to_owned(), EVIL.to_owned());
    address.company = Some(EVIL.to_owned());
    let mut lines = rows::lines(order.id);
    for line in &mut lines {
        (line.title, line.variant_title) = (EVIL.to_owned(), EVIL.to_owned());
    }
    let link = "https://shop.example/o?a=1&b=\"><script>".to_owned();
    let english = Language::english();
    let language = &*english;
    let view = || {
        OrderView::new(
            &rows::profile(EVIL),
            &order,
            &lines,
            Currency::EUR,
            link.clone(),
            language,
        )
    };
    let parcel = Parcel {
        carrier: Some(EVIL.to_owned()),
        tracking_number: Some(EVIL.to_owned()),
        tracking_url: Some(format!("https://t.example/{EVIL}")),
        part: view().lines,
        rest: view().lines,
    };
    let amount = Money::new(1_000, Currency::EUR);
    let pickup = Pickup {
        place: vec![one_line(EVIL)],
        opening_hours: Some(one_line(EVIL)),
        instructions: Some(one_line(EVIL)),
    };
    let files = || {
        vec![DownloadView {
            name: one_line(EVIL),
            link: link.clone(),
            terms: one_line(EVIL),
        }]
    };
    let picked_up = OrderView {
        pickup: Some(pickup),
        ..view()
    };
    let back = BackInStock {
        shop_name: one_line(EVIL),
        title: one_line(EVIL),
        link: Some(link.clone()),
        stop: link.clone(),
    };
    let card = GiftCard {
        shop_name: one_line(EVIL),
        sender: Some(one_line(EVIL)),
        amount,
        code: "7K3Q".to_owned(),
        message: Some(one_line(EVIL)),
        expires: Some(EVIL.into()),
        link: link.clone(),
    };
    let expires = CreditExpires {
        shop_name: one_line(EVIL),
        amount,
        digits: Some(one_line(EVIL)),
        expires: EVIL.into(),
        link: link.clone(),
    };
    let overdue = AccountOverdue {
        shop_name: one_line(EVIL),
        company: one_line(EVIL),
        number: one_line(&order.number),
        amount,
        due_on: EVIL.into(),
        is_second: false,
        link: link.clone(),
    };
    let back_to = |told| OrderReturn {
        order: view(),
        number: one_line(&order.number),
        goods: view().lines,
        told,
    };
    let way = Way {
        address: vec![one_line(EVIL)],
        instructions: Some(EVIL.to_owned()),
        label_url: Some(format!("https://t.example/{EVIL}")),
    };
    let withdrawn = Withdrawal {
        shop_name: one_line(EVIL),
        number: one_line(&order.number),
        order_number: one_line(&order.number),
        received: EVIL.into(),
        statement: vec![one_line(EVIL)],
        told: withdrawal::Told::Staff {
            judgement: EVIL.into(),
            link: link.clone(),
        },
    };
    let entry = rows::entry(order.clone(), 1);
    [
        entry.render(&OrderReceived {
            order: view(),
            in_place: None,
        }),
        entry.render(&OrderConfirmed {
            order: view(),
            downloads: files(),
            unpaid: None,
            payable_until: None,
        }),
        entry.render(&OrderDownloads {
            order: picked_up,
            downloads: files(),
        }),
        render(&back, language, "1".to_owned(), "ada@example.com"),
        render(&card, language, "1".to_owned(), "ada@example.com"),
        render(&expires, language, "1".to_owned(), "ada@example.com"),
        render(&overdue, language, "1".to_owned(), "ada@example.com"),
        render(&withdrawn, language, "1".to_owned(), "ada@example.com"),
        entry.render(&PaymentFailed {
            order: view(),
            reason: "No.".into(),
            held_until: Some(EVIL.into()),
        }),
        entry.render(&OrderDispatched { order: view(), parcel }),
        entry.render(&back_to(Told::Approved(way))),
        entry.render(&back_to(Told::Refused(EVIL.to_owned()))),
        entry.render(&OrderCancelled {
            order: view(),
            reason: Some(EVIL.into()),
            money: MoneyBack::Paid(amount),
            credit: Vec::new(),
        }),
        entry.render(&OrderRefunded {
            order: view(),
            amount,
            reason: Some(EVIL.to_owned()),
            fee: None,
            whole: false,
            to: MoneyTo::Payment,
        }),
        entry.render(&OrderEdited {
            order: view(),
            total: amount,
            changes: vec![messages::mail_edited_removed(EVIL)],
            unpaid: None,
            refund: Some(amount),
            reason: Some(EVIL.to_owned()),
        }),
    ]
    .map(Result::unwrap)
    .into()
}

#[test]
fn no_tag_and_no_attribute_is_made_of_text() {
    for mail in evil_mails() {
        for tag in ["<script", "<img"] {
            assert!(!mail.html.contains(tag), "{tag} in the HTML of {}", mail.subject);
        }
        assert!(
            mail.html.contains("&#60;script&#62;alert(1)"),
            "the text is there, escaped"
        );
        assert!(
            mail.html
                .contains("href=\"https://shop.example/o?a=1&#38;b=&#34;&#62;&#60;script&#62;\""),
            "and in attributes"
        );
    }
}

#[test]
fn template_syntax_is_not_evaluated() {
    for mail in evil_mails() {
        for part in [&mail.subject, &mail.text, &mail.html] {
            assert!(part.contains("{{7*7}}") && part.contains("{% raw %}") && !part.contains("49<"));
        }
    }
}

#[test]
fn a_subject_is_one_line() {
    for mail in evil_mails() {
        assert!(mail.subject.contains("Bcc: eve@example.com"), "it is text");
        assert!(!mail.subject.chars().any(char::is_control), "{:?}", mail.subject);
    }
}

#[test]
fn nothing_is_fetched_from_outside() {
    for mail in evil_mails() {
        for reference in ["src=\"", "url(", "<link", "@import", "background=\""] {
            assert!(!mail.html.contains(reference), "{reference}");
        }
    }
}

//! Every mail as it goes out: in English and German as text, in Arabic and Japanese as HTML.

use std::sync::Arc;

use super::{
    accounts::accounts,
    mails::{download, mails, view},
    rows::{self, held_until, mail},
};
use crate::{
    language::{Language, Message},
    mail::{
        layout::{Line, OrderView, Pickup},
        order_cancelled::{MoneyBack, OrderCancelled},
        order_confirmed::OrderConfirmed,
        order_dispatched::{OrderDispatched, Parcel},
        order_received::OrderReceived,
        order_refunded::{MoneyTo, OrderRefunded},
        payment_failed::PaymentFailed,
        render::Parts,
    },
    money::{Currency, Money},
    payments::decline_message,
    ports::mailer::Mail,
};

fn in_language(tag: &str) -> Arc<Language> {
    Language::of(tag, "DE")
}

fn english_view() -> OrderView {
    view(&Language::english())
}

fn written(shown: &impl Parts, event: i64) -> String {
    let Mail {
        message_id,
        to,
        subject,
        text,
        html,
        unsubscribe: _,
        attachments: _,
    } = rows::entry(rows::order(), event).render(shown).unwrap();
    format!("Message-ID: {message_id}\nTo: {to}\nSubject: {subject}\n\n{text}\n======== HTML ========\n{html}")
}

fn text(shown: &impl Parts) -> String {
    rows::entry(rows::order(), 3).render(shown).unwrap().text
}

#[tokio::test]
async fn each_mail_in_each_language() {
    let accounts = accounts().await;
    for tag in ["en", "de"] {
        let language = in_language(tag);
        let texts = mails(&language, &accounts)
            .into_iter()
            .map(|mail| format!("{}\n\n{}", mail.subject, mail.text));
        insta::assert_snapshot!(format!("texts_{tag}"), texts.collect::<Vec<_>>().join("\n~~~~~~~~\n\n"));
    }
    // The others say the same: everything is put into words, in the direction of the language.
    for tag in crate::language::languages() {
        let language = in_language(tag);
        for mail in mails(&language, &accounts) {
            let head = format!("<html lang=\"{}\" dir=\"{}\">", language.tag(), language.direction());
            assert!(mail.html.contains(&head), "{tag}: {}", mail.subject);
            assert!(
                !mail.html.contains("{ $") && !mail.text.contains("{ $"),
                "{tag}: {}",
                mail.subject
            );
        }
    }
}

#[test]
fn html_from_right_to_left_and_in_japanese() {
    for tag in ["ar", "ja"] {
        let language = in_language(tag);
        let order = view(&language);
        let html = mail(&OrderReceived { order, in_place: None }, &language).html;
        insta::assert_snapshot!(format!("order_received_{tag}"), html);
    }
}

#[test]
fn order_received() {
    let (order, in_place) = (english_view(), None);
    insta::assert_snapshot!(written(&OrderReceived { order, in_place }, 3));
}

#[test]
fn order_confirmed_where_prices_are_without_tax() {
    let mut order = rows::order();
    (order.prices_include_tax, order.discount_minor, order.shipping_minor) = (false, 0, 2_490);
    let (lines, link) = (rows::lines(order.id), "https://shop.example/o".to_owned());
    let language = Language::english();
    let order = OrderView::new(
        &rows::profile("Vitrine"),
        &order,
        &lines,
        Currency::EUR,
        link,
        &language,
    );
    insta::assert_snapshot!(written(
        &OrderConfirmed {
            order,
            downloads: Vec::new(),
            unpaid: None,
            payable_until: None,
        },
        5
    ));
}

#[test]
fn order_confirmed_of_downloads() {
    let order = OrderView {
        ships: false,
        address: Vec::new(),
        ..english_view()
    };
    let downloads = vec![
        download("song.flac", "3 times, until 14:35 UTC on 20 November 2026"),
        download("text.pdf", ""),
    ];
    insta::assert_snapshot!(written(
        &OrderConfirmed {
            order,
            downloads,
            unpaid: None,
            payable_until: None,
        },
        5
    ));
}

#[test]
fn order_ready_to_be_picked_up() {
    let pickup = Pickup {
        place: ["Store", "Ring 1", "1010 Wien", "AT"].map(str::to_owned).to_vec(),
        opening_hours: Some("Mo–Fr 9–18".to_owned()),
        instructions: Some("Ring twice.".to_owned()),
    };
    let order = OrderView {
        pickup: Some(pickup),
        ..english_view()
    };
    let parcel = Parcel::default();
    insta::assert_snapshot!(written(&OrderDispatched { order, parcel }, 3));
}

#[test]
fn payment_failed() {
    let failed = PaymentFailed {
        order: english_view(),
        reason: decline_message("insufficient_funds"),
        held_until: held_until(),
    };
    insta::assert_snapshot!(written(&failed, 3));
}

#[test]
fn payment_failed_with_nothing_held() {
    let failed = PaymentFailed {
        order: english_view(),
        reason: decline_message(""),
        held_until: None,
    };
    insta::assert_snapshot!(text(&failed));
}

fn dispatched(parcel: Parcel) -> String {
    let order = english_view();
    written(&OrderDispatched { order, parcel }, 3)
}

#[test]
fn order_dispatched() {
    insta::assert_snapshot!(dispatched(Parcel {
        carrier: Some("DHL".to_owned()),
        tracking_number: Some("00340434161094021501".to_owned()),
        tracking_url: Some("https://track.example/?n=00340434161094021501&lang=en".to_owned()),
        part: Vec::new(),
        rest: Vec::new(),
    }));
}

#[test]
fn order_dispatched_in_part() {
    let part = vec![
        Line {
            quantity: 1,
            ..english_view().lines[0].clone()
        },
        english_view().lines[2].clone(),
    ];
    let rest = vec![english_view().lines[1].clone()];
    insta::assert_snapshot!(dispatched(Parcel {
        part,
        rest,
        ..Parcel::default()
    }));
}

#[test]
fn order_cancelled() {
    let cancelled = |money| OrderCancelled {
        order: english_view(),
        reason: Some(Message::from("it sold out.")),
        money,
        credit: Vec::new(),
    };
    insta::assert_snapshot!(written(
        &cancelled(MoneyBack::Paid(Money::new(133_700, Currency::EUR))),
        3
    ));
    let texts = [MoneyBack::Nothing, MoneyBack::Hold].map(|money| text(&cancelled(money)));
    insta::assert_snapshot!(texts.join("\n~~~~~~~~\n"));
}

#[test]
fn order_refunded() {
    let refunded = OrderRefunded {
        order: english_view(),
        amount: Money::new(133_700, Currency::EUR),
        reason: None,
        fee: None,
        whole: true,
        to: MoneyTo::Payment,
    };
    insta::assert_snapshot!(written(&refunded, 3));
}

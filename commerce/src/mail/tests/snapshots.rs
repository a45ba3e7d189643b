//! Every mail as it goes out.

use super::rows;
use crate::{
    mail::{
        layout::{DownloadView, Line, OrderView, Pickup},
        order_cancelled::{MoneyBack, OrderCancelled},
        order_confirmed::OrderConfirmed,
        order_dispatched::{OrderDispatched, Parcel},
        order_received::OrderReceived,
        order_refunded::OrderRefunded,
        payment_failed::PaymentFailed,
        render::Parts,
    },
    money::Currency,
    payments::decline_message,
    ports::mailer::Mail,
};

fn view() -> OrderView {
    let order = rows::order();
    let link = "https://shop.example/orders/ord_1?token=abc".to_owned();
    OrderView::new(
        &rows::profile("Vitrine"),
        &order,
        &rows::lines(order.id),
        Currency::EUR,
        link,
    )
}

fn written(shown: &impl Parts, event: i64) -> String {
    let Mail {
        message_id,
        to,
        subject,
        text,
        html,
        unsubscribe: _,
    } = rows::entry(rows::order(), event).render(shown).unwrap();
    format!("Message-ID: {message_id}\nTo: {to}\nSubject: {subject}\n\n{text}\n======== HTML ========\n{html}")
}

fn text(shown: &impl Parts) -> String {
    rows::entry(rows::order(), 3).render(shown).unwrap().text
}

#[test]
fn order_received() {
    insta::assert_snapshot!(written(&OrderReceived { order: view() }, 3));
}

#[test]
fn order_confirmed_where_prices_are_without_tax() {
    let mut order = rows::order();
    (order.prices_include_tax, order.discount_minor, order.shipping_minor) = (false, 0, 2_490);
    let (lines, link) = (rows::lines(order.id), "https://shop.example/o".to_owned());
    let order = OrderView::new(&rows::profile("Vitrine"), &order, &lines, Currency::EUR, link);
    insta::assert_snapshot!(written(
        &OrderConfirmed {
            order,
            downloads: Vec::new()
        },
        5
    ));
}

#[test]
fn order_confirmed_of_downloads() {
    let file = |name: &str, terms: &str| DownloadView {
        name: name.to_owned(),
        link: format!("https://shop.example/downloads/dl_{name}?signature=abc"),
        terms: terms.to_owned(),
    };
    let order = OrderView {
        ships: false,
        address: Vec::new(),
        ..view()
    };
    let downloads = vec![
        file("song.flac", "3 times, until 14:35 UTC on 20 November 2026"),
        file("text.pdf", ""),
    ];
    insta::assert_snapshot!(written(&OrderConfirmed { order, downloads }, 5));
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
        ..view()
    };
    let parcel = Parcel::default();
    insta::assert_snapshot!(written(&OrderDispatched { order, parcel }, 3));
}

#[test]
fn payment_failed() {
    let failed = PaymentFailed {
        order: view(),
        reason: decline_message("insufficient_funds"),
        held_until: Some("14:35 UTC on 20 November 2026".to_owned()),
    };
    insta::assert_snapshot!(written(&failed, 3));
}

#[test]
fn payment_failed_with_nothing_held() {
    let failed = PaymentFailed {
        order: view(),
        reason: decline_message(""),
        held_until: None,
    };
    insta::assert_snapshot!(text(&failed));
}

fn dispatched(parcel: Parcel) -> String {
    let order = view();
    written(&OrderDispatched { order, parcel }, 3)
}

#[test]
fn order_dispatched() {
    insta::assert_snapshot!(dispatched(Parcel {
        carrier: Some("DHL".to_owned()),
        tracking_number: Some("00340434161094021501".to_owned()),
        tracking_url: Some("https://track.example/?n=00340434161094021501&lang=en".to_owned()),
        part: Vec::new(),
    }));
}

#[test]
fn order_dispatched_in_part() {
    let part = vec![
        Line {
            quantity: 1,
            ..view().lines[0].clone()
        },
        view().lines[2].clone(),
    ];
    insta::assert_snapshot!(dispatched(Parcel {
        part,
        ..Parcel::default()
    }));
}

#[test]
fn order_cancelled() {
    let cancelled = |money| OrderCancelled {
        order: view(),
        reason: Some("it sold out.".to_owned()),
        money,
    };
    insta::assert_snapshot!(written(&cancelled(MoneyBack::Paid("€1,337.00".to_owned())), 3));
    let texts = [MoneyBack::Nothing, MoneyBack::Hold].map(|money| text(&cancelled(money)));
    insta::assert_snapshot!(texts.join("\n~~~~~~~~\n"));
}

#[test]
fn order_refunded() {
    let refunded = OrderRefunded {
        order: view(),
        amount: "€1,337.00".to_owned(),
        reason: None,
        whole: true,
    };
    insta::assert_snapshot!(written(&refunded, 3));
}

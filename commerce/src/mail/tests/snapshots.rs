//! Every mail as it goes out.

use super::{super::*, rows};
use crate::{money::Currency, ports::mailer::Mail};

fn view() -> OrderView {
    let order = rows::order();
    let link = "https://shop.example/orders/ord_1?token=abc".to_owned();
    OrderView::new("Vitrine", &order, &rows::lines(order.id), Currency::EUR, link, 3)
}

fn written(order: &OrderView, occasion: Occasion) -> String {
    let Mail {
        message_id,
        to,
        subject,
        text,
        html,
    } = render(order, &occasion).unwrap();
    format!("Message-ID: {message_id}\nTo: {to}\nSubject: {subject}\n\n{text}\n======== HTML ========\n{html}")
}

#[test]
fn order_received() {
    insta::assert_snapshot!(written(&view(), Occasion::Received));
}

#[test]
fn order_confirmed_where_prices_are_without_tax() {
    let mut order = rows::order();
    (order.prices_include_tax, order.discount_minor, order.shipping_minor) = (false, 0, 2_490);
    let lines = rows::lines(order.id);
    let view = OrderView::new(
        "Vitrine",
        &order,
        &lines,
        Currency::EUR,
        "https://shop.example/o".to_owned(),
        5,
    );
    insta::assert_snapshot!(written(&view, Occasion::Confirmed));
}

#[test]
fn payment_failed() {
    let reason = words::decline_reason(Some("insufficient_funds"));
    let held_until = Some("14:35 UTC on 20 November 2026".to_owned());
    insta::assert_snapshot!(written(&view(), Occasion::PaymentFailed { reason, held_until }));
}

#[test]
fn payment_failed_with_nothing_held() {
    let occasion = Occasion::PaymentFailed {
        reason: words::decline_reason(None),
        held_until: None,
    };
    insta::assert_snapshot!(render(&view(), &occasion).unwrap().text);
}

#[test]
fn order_dispatched() {
    let parcel = Parcel {
        carrier: Some("DHL".to_owned()),
        tracking_number: Some("00340434161094021501".to_owned()),
        tracking_url: Some("https://track.example/?n=00340434161094021501&lang=en".to_owned()),
        part: Vec::new(),
    };
    insta::assert_snapshot!(written(&view(), Occasion::Dispatched(parcel)));
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
    insta::assert_snapshot!(written(
        &view(),
        Occasion::Dispatched(Parcel {
            part,
            ..Parcel::default()
        })
    ));
}

#[test]
fn order_cancelled() {
    let cancelled = |money| Occasion::Cancelled {
        reason: Some("it sold out.".to_owned()),
        money,
    };
    insta::assert_snapshot!(written(&view(), cancelled(MoneyBack::Paid("€1,337.00".to_owned()))));
    let texts = [MoneyBack::Nothing, MoneyBack::Hold].map(|money| render(&view(), &cancelled(money)).unwrap().text);
    insta::assert_snapshot!(texts.join("\n~~~~~~~~\n"));
}

#[test]
fn order_refunded() {
    insta::assert_snapshot!(written(
        &view(),
        Occasion::Refunded {
            amount: "€1,337.00".to_owned(),
            whole: true
        }
    ));
}

//! What was taken off an order, as its mails say it.

use uuid::Uuid;
use vitrine_entity::{
    ids::OrderAdjustmentId,
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
};

use super::rows;
use crate::{
    language::Language,
    mail::{layout::OrderView, order_received::OrderReceived, render::render},
    money::Currency,
    ports::mailer::Mail,
};

#[test]
fn discounts_are_told_by_their_names_and_where_they_count() {
    let order = rows::order();
    let lines = rows::lines(order.id);
    let row = |position: i32, line: Option<usize>, amount_minor: i64, label: &str| order_adjustment::Model {
        id: OrderAdjustmentId(Uuid::from_u128(amount_minor.unsigned_abs().into())),
        order_id: order.id,
        position,
        kind: AdjustmentKind::Discount,
        target: AdjustmentTarget::Goods,
        order_line_id: line.map(|line| lines[line].id),
        amount_minor,
        code: format!("code of {label}"),
        label: label.to_owned(),
        discount_id: None,
        discount_code_id: None,
    };
    let adjustments = [
        row(0, Some(0), 4_000, "Spring <sale>"),
        row(1, Some(1), 5_000, "Spring <sale>"),
        row(2, None, 1_000, "Free shipping"),
    ];
    let english = [
        "\n    Spring <sale>: −€40.00",
        "\nDiscount: Spring <sale>: −€90.00",
        "\nDiscount: Free shipping: −€10.00",
    ];
    let german = [
        "\n    Spring <sale>: −40,00",
        "\nRabatt: Spring <sale>: −90,00",
        "\nRabatt: Free shipping: −10,00",
    ];
    for (tag, expected) in [("en", english), ("de", german)] {
        let language = Language::of(tag, "DE");
        let link = "https://shop.example/orders/ord_1?token=abc".to_owned();
        let view = OrderView::new(
            &rows::profile("Vitrine"),
            &order,
            &lines,
            Currency::EUR,
            link,
            &language,
        );
        let order = view.with_discounts(&lines, &adjustments, Currency::EUR, &language);
        let in_place = None;
        let written = render(
            &OrderReceived { order, in_place },
            &language,
            "1".to_owned(),
            "ada@example.com",
        );
        let Mail { text, html, .. } = written.unwrap();
        for line in expected {
            assert!(text.contains(line), "{line}: {text}");
        }
        let told = html.matches("Spring &#60;sale&#62;").count();
        assert_eq!(told, 3, "at two lines, and in all: {html}");
    }
}

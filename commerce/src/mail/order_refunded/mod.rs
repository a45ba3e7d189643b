//! Money was paid back.

use crate::{
    Fault, Result, Shop,
    jobs::JobError,
    mail::{
        layout::{Entry, OrderView},
        render::templates,
        words::price,
    },
    ports::mailer::Mail,
};

pub(super) struct OrderRefunded {
    pub(super) order: OrderView,
    pub(super) amount: String,
    /// Why, in the words of staff.
    pub(super) reason: Option<String>,
    /// Whether nothing of what was paid remains with the shop.
    pub(super) whole: bool,
}

templates! { OrderRefunded: "order_refunded/subject.txt", "order_refunded/body.txt", "order_refunded/body.html" }

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let corrupt = || Fault::Corrupt {
        table: "order_event",
        column: "data",
        id: format!("{}.{}", entry.order.id, entry.event.number),
    };
    let amount_minor: i64 = entry.named("amountMinor").ok_or_else(corrupt)?;
    let left_minor = |payment: &vitrine_entity::payment::Model| payment.captured_minor - payment.refunded_minor;
    let shown = OrderRefunded {
        order: entry.view(shop).await?,
        amount: price(amount_minor, entry.order.currency),
        reason: entry.named("reason"),
        whole: entry.payments(shop).await?.iter().map(left_minor).sum::<i64>() == 0,
    };
    Ok(Some(entry.render(&shown)?))
}

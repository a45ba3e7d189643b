//! Money was paid back.

use crate::{
    Fault, Result, Shop,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        layout::{Entry, OrderView},
        render::{Letter, templates},
    },
    money::Money,
    ports::mailer::Mail,
};

pub(super) struct OrderRefunded {
    pub(super) order: OrderView,
    pub(super) amount: Money,
    /// Why, in the words of staff.
    pub(super) reason: Option<String>,
    /// Whether nothing of what was paid remains with the shop.
    pub(super) whole: bool,
}

templates! { OrderRefunded: "order_refunded/body.txt", "order_refunded/body.html" }

impl Letter for OrderRefunded {
    fn subject(&self) -> Message {
        messages::mail_refunded_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_refunded_heading()
    }

    fn preview(&self) -> Message {
        messages::mail_refunded_preview(self.amount)
    }

    fn next(&self) -> Option<Message> {
        Some(messages::mail_refunded_next())
    }
}

impl OrderRefunded {
    fn text(&self) -> Message {
        match self.whole {
            true => messages::mail_refunded_text_whole(self.amount, &self.order.number),
            false => messages::mail_refunded_text(self.amount, &self.order.number),
        }
    }
}

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
        amount: Money::new(amount_minor, entry.order.currency),
        reason: entry.named("reason"),
        whole: entry.payments(shop).await?.iter().map(left_minor).sum::<i64>() == 0,
    };
    Ok(Some(entry.render(&shown)?))
}

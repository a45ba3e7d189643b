//! We have the order.

use crate::mail::of_order::{Entry, JobError, Letter, Mail, Message, OrderView, Result, Shop, messages, templates};

pub(super) struct OrderReceived {
    pub(super) order: OrderView,
}

templates! { OrderReceived: "order_received/body.txt", "order_received/body.html" }

impl Letter for OrderReceived {
    fn subject(&self) -> Message {
        messages::mail_received_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_received_heading()
    }

    fn preview(&self) -> Message {
        messages::mail_received_preview()
    }

    fn step(&self) -> Option<usize> {
        self.order.goes_by_parcel().then_some(1)
    }

    fn next(&self) -> Option<Message> {
        Some(messages::mail_received_next())
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let order = entry.view(shop).await?;
    Ok(Some(entry.render(&OrderReceived { order })?))
}

//! How the shopper pays by themselves: by transfer, or at the door.

use vitrine_entity::order::OrderStatus;

use crate::{
    Result, Shop,
    jobs::JobError,
    language::{Message, Value, messages},
    mail::{
        layout::{Entry, OrderView},
        render::{Letter, templates},
    },
    ports::mailer::Mail,
};

pub(super) struct PaymentInstructions {
    pub(super) order: OrderView,
    /// In the shop's words, on several lines.
    pub(super) instructions: String,
    pub(super) held_until: Option<Value>,
}

templates! { PaymentInstructions: "payment_instructions/body.txt", "payment_instructions/body.html" }

impl Letter for PaymentInstructions {
    fn subject(&self) -> Message {
        messages::mail_instructions_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_instructions_heading()
    }

    fn preview(&self) -> Message {
        messages::mail_instructions_preview()
    }

    fn next(&self) -> Option<Message> {
        Some(match self.held_until {
            Some(_) => messages::mail_instructions_next_held(),
            None => messages::mail_instructions_next(),
        })
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    if entry.order.status != OrderStatus::PaymentPending {
        return Ok(None);
    }
    let shown = PaymentInstructions {
        order: entry.view(shop).await?,
        instructions: entry.named("instructions").unwrap_or_default(),
        held_until: entry.held_until(shop).await?,
    };
    Ok(Some(entry.render(&shown)?))
}

use async_graphql::SimpleObject;
use vitrine_commerce::credit::Wish;
use vitrine_entity::attribute::Attributes;

use crate::graphql::shared::Date;

/// For whom the gift cards of a line are, and when they are sent.
#[derive(Debug, SimpleObject)]
pub struct LineGiftCard {
    /// Where they are sent; null: to whoever buys them.
    pub recipient_email: Option<String>,
    /// For whom they are.
    pub recipient_name: Option<String>,
    /// From whom they are.
    pub sender_name: Option<String>,
    /// What the giver writes.
    pub message: Option<String>,
    /// The day on which they are sent; null: once they are paid.
    pub deliver_on: Option<Date>,
}

impl LineGiftCard {
    /// As the attributes of a gift card's line say it.
    pub fn of(attributes: &Attributes) -> Self {
        let wish = Wish::of(&attributes.0);
        Self {
            recipient_email: wish.recipient_email,
            recipient_name: wish.recipient_name,
            sender_name: wish.sender_name,
            message: wish.message,
            deliver_on: wish.deliver_on.map(Date),
        }
    }
}

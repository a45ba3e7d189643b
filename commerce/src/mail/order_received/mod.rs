//! We have the order.

use vitrine_entity::ids::OrderId;

use crate::{
    mail::of_order::{Entry, JobError, Letter, Mail, Message, OrderView, Result, Shop, messages, templates},
    orders::load,
    returns,
};

pub(super) struct OrderReceived {
    pub(super) order: OrderView,
    /// Of which order's goods it is sent in place, where nobody placed it.
    pub(super) in_place: Option<InPlace>,
}

/// An order that staff made, with the number of the one that was placed.
pub(super) enum InPlace {
    /// The same goods once more, at no cost.
    Resent(String),
    /// Others in exchange.
    Exchanged(String),
}

templates! { OrderReceived: "order_received/body.txt", "order_received/body.html" }

impl Letter for OrderReceived {
    fn subject(&self) -> Message {
        let number = &self.order.number;
        match &self.in_place {
            None => messages::mail_received_subject(number),
            Some(InPlace::Resent(first)) => messages::mail_resent_subject(first, number),
            Some(InPlace::Exchanged(first)) => messages::mail_exchanging_subject(first, number),
        }
    }

    fn heading(&self) -> Message {
        match self.in_place {
            None => messages::mail_received_heading(),
            Some(InPlace::Resent(_)) => messages::mail_resent_heading(),
            Some(InPlace::Exchanged(_)) => messages::mail_exchanged_heading(),
        }
    }

    fn preview(&self) -> Message {
        match self.in_place {
            None => messages::mail_received_preview(),
            Some(_) => self.text(),
        }
    }

    fn step(&self) -> Option<usize> {
        self.order.goes_by_parcel().then_some(1)
    }

    fn next(&self) -> Option<Message> {
        // Nobody is asked by a bank about what staff send: that it is confirmed follows at once.
        self.in_place.is_none().then(messages::mail_received_next)
    }
}

impl OrderReceived {
    fn text(&self) -> Message {
        let number = &self.order.number;
        match &self.in_place {
            None => messages::mail_received_text(number),
            Some(InPlace::Resent(first)) => messages::mail_resent_text(first, number),
            Some(InPlace::Exchanged(first)) => messages::mail_exchanging_text(first, number),
        }
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let order = entry.view(shop).await?;
    let in_place = in_place(shop, entry).await?;
    Ok(Some(entry.render(&OrderReceived { order, in_place })?))
}

/// Looked for only where it may be: goods that are sent again cost nothing, and credit pays an exchange.
async fn in_place(shop: &Shop, entry: &Entry) -> Result<Option<InPlace>> {
    let id = entry.order.id;
    if entry
        .adjustments
        .iter()
        .any(|taken_off| taken_off.code == returns::RESENT)
        && let Some(claim) = returns::resent_by(shop, &[id]).await?.remove(&id)
    {
        return Ok(number_of(shop, claim.order_id).await?.map(InPlace::Resent));
    }
    if entry.order.credit_minor > 0
        && let Some(back) = returns::exchanged_by(shop, &[id]).await?.remove(&id)
    {
        return Ok(number_of(shop, back.order_id).await?.map(InPlace::Exchanged));
    }
    Ok(None)
}

async fn number_of(shop: &Shop, id: OrderId) -> Result<Option<String>> {
    let row = load::orders(shop, &[id]).await?.remove(&id);
    Ok(row.map(|row| row.number))
}

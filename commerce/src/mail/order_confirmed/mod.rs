//! The goods are the shopper's.

use chrono::NaiveDate;

use crate::{
    mail::{
        layout::DownloadView,
        of_order::{Entry, JobError, Letter, Mail, Message, Money, OrderView, Result, Shop, messages, templates},
    },
    returns,
};

pub(super) struct OrderConfirmed {
    pub(super) order: OrderView,
    pub(super) downloads: Vec<DownloadView>,
    /// What is to be paid before it leaves, of an order that staff sent in place of another.
    pub(super) unpaid: Option<Money>,
    /// Until when, of an exchange.
    pub(super) payable_until: Option<NaiveDate>,
}

templates! { OrderConfirmed: "order_confirmed/body.txt", "order_confirmed/body.html" }

impl Letter for OrderConfirmed {
    fn subject(&self) -> Message {
        messages::mail_confirmed_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_confirmed_heading()
    }

    fn preview(&self) -> Message {
        self.text()
    }

    fn action(&self) -> Message {
        match self.unpaid {
            Some(unpaid) => messages::mail_edited_pay(unpaid),
            None => messages::mail_see_order(),
        }
    }

    fn step(&self) -> Option<usize> {
        self.order.goes_by_parcel().then_some(2)
    }

    fn next(&self) -> Option<Message> {
        match (self.order.ships, &self.order.pickup) {
            (false, _) => None,
            (true, Some(_)) => Some(messages::mail_confirmed_next_pick_up()),
            (true, None) => Some(messages::mail_confirmed_next()),
        }
    }
}

impl OrderConfirmed {
    fn text(&self) -> Message {
        let number = &self.order.number;
        // What is still to be paid is not packed before.
        let is_packed = self.order.ships && self.unpaid.is_none();
        match (self.order.waits(), is_packed) {
            (true, _) => messages::mail_confirmed_text_waiting(number),
            (false, true) => messages::mail_confirmed_text_packed(number),
            (false, false) => messages::mail_confirmed_text(number),
        }
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let order = entry.view(shop).await?;
    let downloads = entry.downloads(shop).await?;
    let until = returns::payable_until(shop, &entry.order).await?;
    let unpaid_minor = entry.order.unpaid_minor;
    let shown = OrderConfirmed {
        order,
        downloads,
        unpaid: (unpaid_minor > 0).then(|| Money::new(unpaid_minor, entry.order.currency)),
        payable_until: until.map(|until| shop.profile().date(until)),
    };
    Ok(Some(entry.render(&shown)?))
}

//! An order was changed before it was sent: how, what it costs now, and what is to be paid or goes back.

use vitrine_entity::order_version;

use crate::{
    Fault, Result, Shop,
    fulfilment::edits::{VersionChange, changes_between, versions_of},
    jobs::JobError,
    language::{Message, messages},
    mail::{
        layout::{Entry, OrderView},
        render::{Letter, templates},
        words::one_line,
    },
    money::{Currency, Money},
    ports::mailer::Mail,
};

pub(super) struct OrderEdited {
    pub(super) order: OrderView,
    pub(super) total: Money,
    /// A sentence each.
    pub(super) changes: Vec<Message>,
    /// What is still to be paid.
    pub(super) unpaid: Option<Money>,
    /// What goes back.
    pub(super) refund: Option<Money>,
    /// Why, in the words of staff.
    pub(super) reason: Option<String>,
}

templates! { OrderEdited: "order_edited/body.txt", "order_edited/body.html" }

impl Letter for OrderEdited {
    fn subject(&self) -> Message {
        messages::mail_edited_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_edited_heading()
    }

    fn preview(&self) -> Message {
        match (self.unpaid, self.refund) {
            (Some(unpaid), _) => messages::mail_edited_unpaid(unpaid),
            (None, Some(refund)) => messages::mail_edited_refund(refund),
            (None, None) => messages::mail_edited_text(&self.order.number, self.total),
        }
    }

    fn action(&self) -> Message {
        match self.unpaid {
            Some(unpaid) => messages::mail_edited_pay(unpaid),
            None => messages::mail_see_order(),
        }
    }

    fn next(&self) -> Option<Message> {
        Some(messages::mail_edited_next())
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let corrupt = || Fault::Corrupt {
        table: "order_event",
        column: "data",
        id: format!("{}.{}", entry.order.id, entry.event.number),
    };
    let number: i32 = entry.named("version").ok_or_else(corrupt)?;
    let mut versions = versions_of(shop, &[entry.order.id]).await?;
    let versions = versions.remove(&entry.order.id).unwrap_or_default();
    let after = versions
        .iter()
        .find(|version| version.number == number)
        .ok_or_else(corrupt)?;
    let before = versions
        .iter()
        .find(|version| version.number == number - 1)
        .ok_or_else(corrupt)?;
    let currency = entry.order.currency;
    let some = |minor: i64| (minor > 0).then(|| Money::new(minor, currency));
    let shown = OrderEdited {
        order: entry.view(shop).await?,
        total: Money::new(entry.order.total_minor, currency),
        changes: changes(before, after, currency),
        // Paid meanwhile, it is asked for no more.
        unpaid: some(entry.order.unpaid_minor.min(after.unpaid_minor)),
        refund: some(after.refunded_minor),
        reason: after.reason.as_deref().map(one_line),
    };
    Ok(Some(entry.render(&shown)?))
}

fn changes(before: &order_version::Model, after: &order_version::Model, currency: Currency) -> Vec<Message> {
    let money = |minor| Money::new(minor, currency);
    let said = |change: VersionChange| match change {
        VersionChange::LineAdded { line } => messages::mail_edited_added(line.quantity, one_line(&line.title)),
        VersionChange::LineRemoved { line } => messages::mail_edited_removed(one_line(&line.title)),
        VersionChange::QuantityChanged { line, before } => {
            messages::mail_edited_quantity(one_line(&line.title), line.quantity, before)
        }
        VersionChange::PriceChanged { line, before_minor } => {
            messages::mail_edited_price(one_line(&line.title), money(line.unit_price_minor), money(before_minor))
        }
        VersionChange::ShippingChanged { name, amount_minor, .. } => {
            messages::mail_edited_shipping(one_line(&name), money(amount_minor))
        }
        VersionChange::DiscountChanged {
            amount_minor,
            before_minor,
        } => messages::mail_edited_discount(money(amount_minor), money(before_minor)),
        VersionChange::AddressChanged { .. } => messages::mail_edited_address(),
    };
    changes_between(before, after).into_iter().map(said).collect()
}

//! Order mails: one mail, one recipient, one job.
//!
//! To add one: a variant of [`MailKind`] and of [`Occasion`], a folder under `templates/` with
//! `subject.txt`, `body.txt` and `body.html`, its lines in `render.rs`, and the event that it
//! follows in [`super::mail_for`].

use std::time::Duration;

use tokio::time::timeout;
use vitrine_entity::{ids::OrderId, order::OrderStatus, order_event};

use crate::{
    Context, Fault, Shop,
    jobs::JobError,
    outbox::Lease,
    ports::mailer::{Mail, MailError},
};

mod load;
mod render;
mod view;
mod words;

pub use render::render;
pub use view::{Line, MoneyBack, Occasion, OrderView, Parcel, Totals};

/// How long the next hop may take; well within the job's lease.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A mail about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailKind {
    OrderReceived,
    OrderConfirmed,
    PaymentFailed,
    OrderDispatched,
    OrderCancelled,
    OrderRefunded,
}

/// Job: sends the mail that tells of entry `event` of the order's timeline.
///
/// A worker that dies between the sending and the finishing sends again: the `Message-ID` is the
/// entry's, so the second is recognisable as the first.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, order: OrderId, event: i64) -> Result<(), JobError> {
    let (order, event) = load::order_and_event(shop, order, event).await?;
    let kind = super::mail_for(event.kind).ok_or_else(|| no_mail(&event))?;
    if !still_true(kind, order.status) {
        tracing::info!(correlation_id = context.correlation_id, order = %order.id, ?kind, "a mail is out of date and stays unsent");
        return Ok(lease.finish_alone(shop).await?);
    }
    let occasion = load::occasion(shop, kind, &order, &event).await?;
    let view = load::view(shop, &order, &event).await?;
    send(shop, &render(&view, &occasion)?, TIMEOUT).await?;
    Ok(lease.finish_alone(shop).await?)
}

async fn send(shop: &Shop, mail: &Mail, limit: Duration) -> Result<(), JobError> {
    match timeout(limit, shop.mailer.send(mail)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error @ MailError::Permanent(_))) => Err(JobError::Bury(Fault::from(error).into())),
        Ok(Err(error @ MailError::Temporary(_))) => Err(Fault::from(error).into()),
        Err(elapsed) => Err(Fault::from(MailError::Temporary(Box::new(elapsed))).into()),
    }
}

/// Whether the mail would still say what is so. A mail may wait for hours behind a broken mail
/// server, and meanwhile the order goes on. Every step is told all the same, but nobody is asked to
/// pay again for what is paid.
fn still_true(kind: MailKind, status: OrderStatus) -> bool {
    kind != MailKind::PaymentFailed || status == OrderStatus::PaymentFailed
}

fn no_mail(event: &order_event::Model) -> JobError {
    JobError::Bury(Fault::Other(format!("no mail tells of {:?}", event.kind), None).into())
}

#[cfg(test)]
mod tests;

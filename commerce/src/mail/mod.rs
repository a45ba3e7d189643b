//! Order mails: one mail, one recipient, one job.
//!
//! To add one: a variant of [`MailKind`] and of [`Occasion`], a folder under `templates/` with
//! `subject.txt`, `body.txt` and `body.html`, its lines in `render.rs`, and the event that it
//! follows in [`notifications::mail_for`].

use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::timeout;
use vitrine_entity::{ids::OrderId, order::OrderStatus, order_event};

use crate::{
    Context, Fault, Result, Shop,
    jobs::JobError,
    notifications::{self, MailKind},
    outbox::Lease,
    ports::mailer::{Mail, MailError},
};

mod load;
pub mod low_stock;
mod render;
mod view;
mod words;

pub use render::render;
pub use view::{Line, MoneyBack, Occasion, OrderView, Parcel, Totals};

/// How long the next hop may take; well within the job's lease.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How long a mail waits for a post that is away or says "later": as long as mail servers do among
/// themselves (RFC 5321, 4.5.4.1). Then it has the attempts of any other job, and is buried.
const OUTAGE_MAX: TimeDelta = TimeDelta::days(5);

/// The pauses meanwhile. They grow with the mail's age, so that nothing needs to be remembered.
const PAUSE_MIN: TimeDelta = TimeDelta::seconds(5);
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(15);

/// For how long a mail is sent again that may have arrived. The pauses double, so that a post which takes
/// everything and says nothing brings fifteen copies of it, and not hundreds.
const UNKNOWN_MAX: TimeDelta = TimeDelta::days(1);

/// How often it is tried to write down that a mail was sent, and the pause in between: a database that is
/// busy or away for a moment should not bring a second copy.
const FINISHES_MAX: u32 = 5;
const FINISH_PAUSE: Duration = Duration::from_millis(300);

/// Job: sends the mail that tells of entry `event` of the order's timeline.
///
/// A worker that dies between the sending and the finishing sends again: the `Message-ID` is the
/// entry's, so the second is recognisable as the first.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, order: OrderId, event: i64) -> Result<(), JobError> {
    let (order, event) = load::order_and_event(shop, order, event).await?;
    let kind = notifications::mail_for(event.kind).ok_or_else(|| no_mail(&event))?;
    if !still_true(kind, order.status) {
        tracing::info!(correlation_id = context.correlation_id, order = %order.id, ?kind, "a mail is out of date and stays unsent");
        return Ok(lease.finish_alone(shop).await?);
    }
    let occasion = load::occasion(shop, kind, &order, &event).await?;
    let view = load::view(shop, &order, &event).await?;
    let sent = send(shop, &render(&view, &occasion)?, TIMEOUT).await;
    sent.map_err(|error| unsent(error, shop.now() - event.created_at))?;
    Ok(finish(shop, lease).await?)
}

async fn finish(shop: &Shop, lease: &Lease) -> Result<()> {
    for _ in 1..FINISHES_MAX {
        match lease.finish_alone(shop).await {
            Err(error) if error.is_overload() => tokio::time::sleep(FINISH_PAUSE).await,
            outcome => return outcome,
        }
    }
    lease.finish_alone(shop).await
}

async fn send(shop: &Shop, mail: &Mail, limit: Duration) -> Result<(), MailError> {
    let outcome = timeout(limit, shop.mailer.send(mail)).await;
    outcome.unwrap_or_else(|elapsed| Err(MailError::Unknown(Box::new(elapsed))))
}

/// What becomes of a mail of this age that did not go out.
fn unsent(error: MailError, age: TimeDelta) -> JobError {
    let (pause, pause_max, longest) = match error {
        MailError::Temporary(_) => (age / 4, PAUSE_MAX, OUTAGE_MAX),
        MailError::Unknown(_) => (age, UNKNOWN_MAX, UNKNOWN_MAX),
        MailError::Permanent(_) => return JobError::Bury(Fault::from(error).into()),
    };
    let is_unknown = matches!(error, MailError::Unknown(_));
    let error = Fault::from(error).into();
    match age < longest {
        true => JobError::Outage {
            error,
            pause: pause.clamp(PAUSE_MIN, pause_max),
        },
        false if is_unknown => JobError::Bury(error),
        false => JobError::Retry(error),
    }
}

/// Whether the mail would still say what is so. A mail may wait for hours behind a broken mail
/// server, and meanwhile the order goes on. Every step is told all the same, but nobody is asked to
/// pay for what is paid.
fn still_true(kind: MailKind, status: OrderStatus) -> bool {
    match kind {
        MailKind::PaymentFailed => status == OrderStatus::PaymentFailed,
        MailKind::PaymentInstructions => status == OrderStatus::PaymentPending,
        _ => true,
    }
}

fn no_mail(event: &order_event::Model) -> JobError {
    JobError::Bury(Fault::Other(format!("no mail tells of {:?}", event.kind), None).into())
}

#[cfg(test)]
mod tests;

//! Takes a mail to the post, and says what becomes of one that did not go out.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::timeout;
use tracing::{Instrument, field::Empty};

use crate::{
    Error, Fault, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    ports::mailer::{Mail, MailError},
    trace::step,
};

/// How long the next hop may take; well within the job's lease.
const TIMEOUT: Duration = Duration::from_secs(20);
const SEND_MAX: TimeDelta = TimeDelta::seconds(20);

/// How long a mail waits for a post that is away or says "later": as long as mail servers do among
/// themselves (RFC 5321, 4.5.4.1). Then it has the attempts of any other job, and is buried.
pub(super) const OUTAGE_MAX: TimeDelta = TimeDelta::days(5);

/// The pauses meanwhile. They grow with the mail's age, so that nothing needs to be remembered.
const PAUSE_MIN: TimeDelta = TimeDelta::seconds(5);
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(15);

/// For how long a mail is sent again that may have arrived. The pauses double, so that a post which takes
/// everything and says nothing brings fifteen copies of it, and not hundreds.
const UNKNOWN_MAX: TimeDelta = TimeDelta::days(1);

/// How often it is tried to write down that a mail was sent, and the pauses in between, a minute together: a database that
/// fails over, or restarts, should not bring a second copy.
const FINISHES_MAX: u32 = 30;
const FINISH_PAUSE_MIN: Duration = Duration::from_millis(300);
const FINISH_PAUSE_MAX: Duration = Duration::from_secs(2);

/// Sends a mail about what happened at `since`, and finishes its job. `None` is a mail that has nothing to
/// tell any more: nobody is asked to pay for what is paid.
///
/// It goes out twice where the worker dies between the next hop's "250 OK" and the finishing, or is frozen there past its
/// lease; where the next hop took it and its answer was lost; and where the database is away for a minute just then. Each
/// time that is one mail of each that a worker sends at once (`worker.mail`), and no other. The `Message-ID` is the event's,
/// so that the second is recognisable as the first.
pub(super) async fn deliver(
    shop: &Shop,
    lease: &Lease,
    mail: Option<Mail>,
    since: DateTime<Utc>,
) -> Result<(), JobError> {
    match mail {
        Some(mail) => hand_over(shop, lease, &mail, since).await?,
        None => tracing::info!(id = %lease.id, "a mail is out of date and stays unsent"),
    }
    Ok(finish(shop, lease).await?)
}

/// As [`deliver`], for whoever finishes the job with what they note of the mail.
pub(super) async fn hand_over(shop: &Shop, lease: &Lease, mail: &Mail, since: DateTime<Utc>) -> Result<(), JobError> {
    // Another may be sending it.
    lease.expect(shop, SEND_MAX)?;
    let sent = send(shop, mail, TIMEOUT).await;
    sent.map_err(|error| unsent(error, shop.now() - since))
}

async fn finish(shop: &Shop, lease: &Lease) -> Result<()> {
    let mut pause = FINISH_PAUSE_MIN;
    for _ in 1..FINISHES_MAX {
        match lease.finish_alone(shop).await {
            Err(error) if !matches!(error, Error::Fault(Fault::LeaseLost)) => {
                tracing::debug!(id = %lease.id, error = &error as &dyn std::error::Error,
                    "that a mail was sent is not written down yet");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(FINISH_PAUSE_MAX);
            }
            outcome => return outcome,
        }
    }
    lease.finish_alone(shop).await
}

pub(super) async fn send(shop: &Shop, mail: &Mail, limit: Duration) -> Result<(), MailError> {
    let step = step!("send mail", otel.kind = "client", otel.status_code = Empty);
    let sent = timeout(limit, shop.mailer.send(mail)).instrument(step.clone()).await;
    let sent = sent.unwrap_or_else(|elapsed| Err(MailError::Unknown(Box::new(elapsed))));
    if sent.is_err() {
        step.record("otel.status_code", "ERROR");
    }
    sent
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

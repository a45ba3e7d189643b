//! Mails by SMTP.

use std::{error::Error, io, sync::Arc, time::Duration};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{self, authentication::Credentials},
};
use vitrine_commerce::ports::{
    Clock, Mailer,
    mailer::{Mail, MailError},
};

use super::message::build;
use crate::config::{Smtp, SmtpSecurity};

/// What is told of a mail whose recipient the server cannot write to.
const UNWRITABLE: &str = "the mail server takes no letters but ASCII's before the `@` of an address (it has no SMTPUTF8): \
                          write to this person another way, or correct the address";

/// One server, by lettre, and a connection for each mail.
///
/// lettre's pool is left out of the build on purpose: it takes a connection back whose send was
/// dropped half-way, as a time-out does. The late answer to one mail is then taken for that of the
/// next, which is lost if in truth the server refused it.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    clock: Arc<dyn Clock>,
    /// For one mail as a whole; the transport's own time-out ends with the connecting.
    timeout: Duration,
}

impl SmtpMailer {
    /// Does not connect yet.
    ///
    /// # Errors
    /// When the host's name can be none.
    pub fn new(smtp: &Smtp, from: Mailbox, clock: Arc<dyn Clock>) -> Result<Self, smtp::Error> {
        type Transport = AsyncSmtpTransport<Tokio1Executor>;
        let builder = match smtp.security {
            SmtpSecurity::StartTls => Transport::starttls_relay(&smtp.host)?,
            SmtpSecurity::Tls => Transport::relay(&smtp.host)?,
            SmtpSecurity::None => Transport::builder_dangerous(&smtp.host),
        };
        let timeout = Duration::from_secs(smtp.timeout_seconds);
        let mut builder = builder.port(smtp.port()).timeout(Some(timeout));
        if let (Some(username), Some(password)) = (&smtp.username, &smtp.password) {
            builder = builder.credentials(Credentials::new(username.clone(), password.expose().to_owned()));
        }
        Ok(Self {
            transport: builder.build(),
            from,
            clock,
            timeout,
        })
    }

    /// Whether the server answers.
    pub async fn ping(&self) -> Result<bool, smtp::Error> {
        self.transport.test_connection().await
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = build(mail, &self.from, self.clock.now())?;
        match tokio::time::timeout(self.timeout, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if !mail.to.is_ascii() && is_unwritable(&error) => {
                Err(MailError::Permanent(UNWRITABLE.into()))
            }
            Ok(Err(error)) if is_permanent(&error) => Err(MailError::Permanent(error.into())),
            Ok(Err(error)) if is_unsent(&error) => Err(MailError::Temporary(error.into())),
            Ok(Err(error)) => Err(MailError::Unknown(error.into())),
            Err(elapsed) => Err(MailError::Unknown(elapsed.into())),
        }
    }
}

/// Whether the server does not take what stands before the `@` of this mail's address. It never will; and it is the
/// only mail that lettre refuses by itself for its recipient.
fn is_unwritable(error: &smtp::Error) -> bool {
    let cause = error.source().map(ToString::to_string);
    error.is_client() && cause.is_some_and(|cause| cause.contains("SMTPUTF8"))
}

/// Whether the server certainly does not have the mail: it said so, or there was none to say anything.
fn is_unsent(error: &smtp::Error) -> bool {
    error.status().is_some() || error.is_client() || error.is_tls() || was_refused(error)
}

fn was_refused(error: &smtp::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// A refusal of this mail. What is neither permanent nor transient (a refused connection, say) may
/// work later; and a refusal of *us* (wrong password, no encryption) must not bury every mail that
/// happens to be due before a person has mended it.
fn is_permanent(error: &smtp::Error) -> bool {
    let code: Option<u16> = error.status().map(Into::into);
    error.is_permanent() && !matches!(code, Some(530 | 534 | 535 | 538))
}

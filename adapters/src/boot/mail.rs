//! Who sends mails: an SMTP server, or a folder.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use vitrine_commerce::ports::{Clock, Mailer};

use crate::{
    config::Config,
    mailer::{FileMailer, SmtpMailer, sender},
};

/// The mailer, and itself once more where it is one by SMTP.
type Mailers = (Arc<dyn Mailer>, Option<Arc<SmtpMailer>>);

pub(super) fn mailer(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Mailers> {
    let from = sender(&config.mail.from).map_err(|why| anyhow!("`mail.from` cannot be used: {why}"))?;
    Ok(match &config.mail.smtp {
        Some(smtp) => {
            let mailer = Arc::new(SmtpMailer::new(smtp, from, clock.clone()).context("reading `mail.smtp`")?);
            (mailer.clone(), Some(mailer))
        }
        None => (
            Arc::new(FileMailer::new(&config.mail.folder, from, clock.clone())),
            None,
        ),
    })
}

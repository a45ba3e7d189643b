//! Who sends text messages: a provider, or in development a folder; in production without a provider, nobody.

use std::sync::Arc;

use anyhow::Context;
use vitrine_commerce::ports::{Clock, SmsSender};

use crate::{
    config::Config,
    sms::{FileSms, TwilioSms},
};

pub(super) fn sender(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Option<Arc<dyn SmsSender>>> {
    if let Some(twilio) = &config.sms.twilio {
        let twilio = TwilioSms::new(twilio).context("reading `sms.twilio`")?;
        return Ok(Some(Arc::new(twilio)));
    }
    let Some(folder) = config.sms_folder() else {
        return Ok(None);
    };
    Ok(Some(Arc::new(FileSms::new(folder, clock.clone()))))
}

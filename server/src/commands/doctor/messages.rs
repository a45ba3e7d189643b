//! What reaches shoppers beside mails: text messages, and what browsers are told.

use std::time::Duration;

use vitrine_adapters::config::Config;
use vitrine_commerce::{Shop, error::causes, ports::sms::SmsCheckError, push};

use super::report::Report;

/// How long a provider may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The characters of a public key of P-256 in base64url.
const KEY_LENGTH: usize = 87;

pub(super) async fn look(shop: &Shop, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    text_messages(shop, config, report).await?;
    browsers(shop, report).await
}

/// By reading the account, which sends nothing.
async fn text_messages(shop: &Shop, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    let Some(sender) = &shop.sms else { return Ok(()) };
    let error = match tokio::time::timeout(TIMEOUT, sender.check()).await {
        Ok(Ok(())) => {
            return match config.sms_folder() {
                Some(folder) => report.ok("sms", format!("they lie in {}, and reach nobody", folder.display())),
                None => report.ok("sms", "the provider takes our account"),
            };
        }
        Ok(Err(error @ SmsCheckError::Refused(_))) => {
            let remedy = "look at `[sms]`: the account, its token and its address; and at the account itself";
            return report.wrong("sms", causes(&error), remedy);
        }
        Ok(Err(error @ SmsCheckError::Unanswered(_))) => causes(&error),
        Err(_) => format!("no answer within {} s", TIMEOUT.as_secs()),
    };
    let remedy = "look whether this machine reaches it; messages about parcels wait for two days";
    report.warning("sms", error, remedy)
}

/// By the key that browsers know the shop by, and by whether those that asked to be told know it.
async fn browsers(shop: &Shop, report: &mut Report<'_>) -> anyhow::Result<()> {
    let Some(key) = push::key(shop) else { return Ok(()) };
    if key.len() != KEY_LENGTH {
        return report.wrong(
            "push",
            "there is no key that browsers could know the shop by",
            "it follows from `auth.signing_secret`: look whether that is set",
        );
    }
    report.ok("push", format!("browsers know the shop by the key {key}"))?;
    match push::reach(shop).await {
        Ok(None) => Ok(()),
        Ok(Some(reach)) if reach.out_of_reach == 0 => Ok(()),
        Ok(Some(reach)) => report.warning(
            "push",
            format!(
                "{} of the {} newest browsers are told nothing: they know another key",
                reach.out_of_reach, reach.browsers
            ),
            "list the signing secret of before in `auth.signing_secrets_previous`",
        ),
        Err(error) => report.warning("push", causes(&error), "see above: does the database answer?"),
    }
}

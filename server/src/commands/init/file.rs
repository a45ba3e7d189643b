//! The configuration file that a new shop begins with.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::PathBuf,
};

use anyhow::Context as _;
use base64::{Engine, prelude::BASE64_STANDARD};
use vitrine_adapters::config::Config;
use vitrine_commerce::{
    ports::{IdSource, ids::SystemIds},
    setup::Opening,
};

use super::fresh::Fresh;

const FILE: &str = "vitrine.toml";

/// The configuration file: one that is there, or one that is to be written.
pub(super) struct ConfigFile {
    path: PathBuf,
    is_there: bool,
}

/// A file that is written beside its place, and goes there once all is well.
pub(super) struct Draft {
    draft: PathBuf,
    path: PathBuf,
    is_kept: bool,
}

impl ConfigFile {
    /// The file that is named, which must be there, or `vitrine.toml`.
    pub(super) fn plan(named: Option<PathBuf>) -> anyhow::Result<Self> {
        let is_named = named.is_some();
        let path = named.unwrap_or_else(|| FILE.into());
        Ok(Self {
            is_there: is_named || path.is_file(),
            path,
        })
    }

    /// Refuses where there is a shop already, as far as it can be told before anything is made.
    pub(super) async fn refuse_open(&self) -> anyhow::Result<()> {
        let config = super::load(self.is_there.then_some(self.path.as_path()), None)?;
        match config.is_embedded() && Fresh::look(config.database.url.expose()).is_none() {
            true => super::boot_empty(&config).await.map(drop),
            false => Ok(()),
        }
    }

    /// What is to be written, where no file is there.
    pub(super) fn text(&self, opening: &Opening) -> Option<String> {
        (!self.is_there).then(|| text(opening))
    }

    pub(super) fn config(&self, text: Option<&str>) -> anyhow::Result<Config> {
        super::load(Some(&self.path), text)
    }

    /// Writes the text beside its place.
    pub(super) fn write_draft(&self, text: Option<&str>) -> anyhow::Result<Option<Draft>> {
        let Some(text) = text else { return Ok(None) };
        let draft = self.path.with_extension("toml.draft");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // It holds a secret.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&draft).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.with_context(|| format!("writing {}", draft.display()))?;
        Ok(Some(Draft {
            draft,
            path: self.path.clone(),
            is_kept: false,
        }))
    }
}

impl Draft {
    /// Puts the file into its place. Gives what it is called.
    pub(super) fn keep(mut self) -> anyhow::Result<String> {
        let name = self.path.display().to_string();
        fs::rename(&self.draft, &self.path).with_context(|| format!("writing {name}"))?;
        self.is_kept = true;
        Ok(name)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(error) = fs::remove_file(&self.draft)
        {
            tracing::warn!(%error, "a draft of the configuration was left behind");
        }
    }
}

fn text(opening: &Opening) -> String {
    let mut secret = [0; 48];
    SystemIds::default().fill(&mut secret);
    // What would end the quoted part of a mail address.
    let name: String = opening
        .name
        .trim()
        .chars()
        .filter(|c| !matches!(c, '"' | '\\'))
        .collect();
    let from = format!("\"{name}\" <{}>", opening.administrator.email.trim());
    format!(
        "\
# How this shop is run. What it is (its name, currency, languages, zones, taxes) lies in its database, and staff
# change it by the API. vitrine.example.toml describes every key.

# \"production\" refuses to start with what is unsafe there, and logs JSON. Set http.public_url, mail.smtp and
# payment first.
environment = \"development\"

[http]
address = \"127.0.0.1:8080\"
# Where the outside finds this server.
# public_url = \"https://shop.example.com\"

[database]
# One machine. For more: postgres://user:password@host/database
url = \"sqlite://vitrine-data/shop.db?mode=rwc\"

[mail]
# What mails come from. Without [mail.smtp] they are written into the folder vitrine-data/mail.
from = {from}
# [mail.smtp]
# host = \"smtp.example.com\"
# username = \"shop\"
# password = \"…\"

[payment]
# Takes no money: for trying. `stripe`, `paypal`, `klarna`, `bank_transfer` and `cash_on_delivery` do.
provider = \"simulated\"

[backup]
# A copy of the database each night, in UTC, and how many are kept. Name a `folder` on another disk.
daily_at = \"02:30\"
keep = \"7d,4w,12m\"

[auth]
# Signs what lets shoppers and staff in: keep it secret, and the same for every process.
signing_secret = \"{secret}\"
",
        // A basic string of TOML has the escapes of JSON.
        from = serde_json::json!(from),
        secret = BASE64_STANDARD.encode(secret),
    )
}

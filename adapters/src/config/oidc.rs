//! Providers of OpenID Connect at which members of staff sign in, or customers.

use std::path::PathBuf;

use anyhow::Context;
use serde::Deserialize;
use vitrine_commerce::ports::identity_provider::Audience;

use super::Secret;

/// How long a name may be: it stands in addresses.
const NAME_LENGTH_MAX: usize = 40;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// Stands in the addresses of the way there and back: lower case, digits and hyphens.
    pub name: String,
    /// What a front end writes on its button.
    pub title: String,
    /// As the provider's documentation has it; `/.well-known/openid-configuration` lies under it.
    pub issuer: String,
    pub client_id: String,
    /// Or the file that holds it.
    pub client_secret: Option<Secret>,
    pub client_secret_file: Option<PathBuf>,
    /// Whom it signs in.
    #[serde(rename = "for", default)]
    pub audience: Audience,
    /// Beside `openid`; by default what is needed.
    pub scopes: Option<Vec<String>>,
}

impl Oidc {
    /// # Errors
    /// When the file with it cannot be read.
    pub fn secret(&self) -> anyhow::Result<String> {
        match (&self.client_secret, &self.client_secret_file) {
            (Some(secret), _) => Ok(secret.expose().to_owned()),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(file);
                let text =
                    text.with_context(|| format!("reading `auth.oidc.client_secret_file`, {}", file.display()))?;
                Ok(text.trim().to_owned())
            }
            (None, None) => Ok(String::new()),
        }
    }

    /// What it is asked for. A member of staff has a name here already.
    pub fn scopes(&self) -> Vec<String> {
        let needed: &[&str] = match self.audience {
            Audience::Staff => &["email"],
            Audience::Customers => &["email", "profile"],
        };
        let needed = || needed.iter().map(|scope| (*scope).to_owned()).collect();
        self.scopes.clone().unwrap_or_else(needed)
    }

    /// What is wrong with it, if anything is.
    pub(super) fn problem(&self, is_production: bool) -> Option<String> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let name = &self.name;
        match () {
            () if !(1..=NAME_LENGTH_MAX).contains(&name.len()) || !name.chars().all(fits) => Some(format!(
                "has the name `{name}`, which is not made of lower case letters, digits and hyphens"
            )),
            () if !super::check::is_web(&self.issuer) => Some(format!("`{name}` has an issuer that is no web address")),
            () if is_production && !self.issuer.starts_with("https://") => Some(format!(
                "`{name}` has an issuer that is asked in the clear, and this is production"
            )),
            () if self.client_secret.is_none() && self.client_secret_file.is_none() => {
                Some(format!("`{name}` has neither `client_secret` nor `client_secret_file`"))
            }
            () => None,
        }
    }
}

//! Carriers that tell of parcels.

use serde::{Deserialize, Deserializer};

use super::{Secret, load};

/// How long a name may be: it stands in addresses.
const NAME_LENGTH_MAX: usize = 40;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// Stands in the webhook's address: lower case, digits and hyphens.
    pub name: String,
    #[serde(default)]
    pub form: CarrierForm,
    /// By which it signs: two while one is replaced.
    #[serde(deserialize_with = "secrets")]
    pub webhook_secrets: Vec<Secret>,
}

/// In which form it tells of parcels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarrierForm {
    /// The shop's own.
    #[default]
    Own,
    Aftership,
}

fn secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Secret>, D::Error> {
    Ok(load::list(deserializer)?.into_iter().map(Secret::new).collect())
}

impl Carrier {
    /// What is wrong with it, if anything is.
    pub(super) fn problem(&self) -> Option<String> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let name = &self.name;
        match () {
            () if !(1..=NAME_LENGTH_MAX).contains(&name.len()) || !name.chars().all(fits) => Some(format!(
                "has the name `{name}`, which is not made of lower case letters, digits and hyphens"
            )),
            () if name == "simulated" || name == "staff" => Some(format!("has the name `{name}`, which is taken")),
            () if self.webhook_secrets.iter().all(|secret| secret.expose().is_empty()) => {
                Some(format!("`{name}` has no `webhook_secrets`"))
            }
            () => None,
        }
    }
}

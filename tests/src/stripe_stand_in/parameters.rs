//! Parameters of a query or a form, by their names with brackets: `metadata[vitrine_payment]`.

use std::collections::BTreeMap;

use reqwest::Url;

use super::error::StripeError;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn read(encoded: &str) -> Self {
        let mut parameters = Self::default();
        parameters.extend(encoded);
        parameters
    }

    /// Equal parameters in another order are the same request.
    pub(super) fn extend(&mut self, encoded: &str) {
        // A form is encoded as a query is, and this reads queries.
        if let Ok(url) = Url::parse(&format!("http://form/?{encoded}")) {
            self.0.extend(url.query_pairs().into_owned());
        }
        self.0.sort();
    }

    pub(super) fn to_map(&self) -> BTreeMap<String, String> {
        self.0.iter().cloned().collect()
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(super) fn required(&self, name: &str) -> Result<&str, StripeError> {
        self.text(name).ok_or_else(|| StripeError::missing(name))
    }

    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, StripeError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(StripeError::not_an_integer(name, text)),
        }
    }

    /// An amount, if it is given: at least 1.
    pub(super) fn amount(&self, name: &str) -> Result<Option<i64>, StripeError> {
        match self.integer(name)? {
            Some(amount) if amount < 1 => Err(StripeError::too_small(name)),
            amount => Ok(amount),
        }
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    pub(super) fn metadata(&self) -> BTreeMap<String, String> {
        let named = self.0.iter().filter_map(|(name, value)| {
            let key = name.strip_prefix("metadata[")?.strip_suffix(']')?;
            Some((key.to_owned(), value.clone()))
        });
        named.collect()
    }

    /// Whether this is to be written out: `expand[]=latest_charge`.
    pub(super) fn expands(&self, what: &str) -> bool {
        self.0
            .iter()
            .any(|(name, value)| name.starts_with("expand[") && value == what)
    }

    /// Stripe refuses what it does not know.
    pub(super) fn allow(&self, names: &[&str]) -> Result<(), StripeError> {
        let is_known = |name: &str| {
            let family = name.split('[').next().unwrap_or(name);
            names.contains(&name) || names.contains(&family) || family == "expand"
        };
        match self.0.iter().find(|(name, _)| !is_known(name)) {
            Some((name, _)) => Err(StripeError::unknown_parameter(name)),
            None => Ok(()),
        }
    }
}

//! Idempotency as Stripe documents it: the same key with the same parameters answers as the first
//! time, even with a 500; with others it is an error; while the first is running, a conflict.

use std::collections::HashMap;

use super::{error::StripeError, parameters::Parameters};

const KEY_LENGTH_MAX: usize = 255;

#[derive(Default)]
pub(super) struct Keys(HashMap<String, Known>);

struct Known {
    fingerprint: Fingerprint,
    /// `None` while the first request is running.
    answer: Option<(u16, String)>,
}

/// A key, and what it was used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    key: String,
    request: String,
}

pub(super) enum Claim {
    /// The request may run; to be finished under this fingerprint, if it has one.
    Free(Option<Fingerprint>),
    /// It ran before, with this status and body.
    Known(u16, String),
}

impl Fingerprint {
    pub(super) fn new(key: String, method: &str, path: &str, parameters: &Parameters) -> Self {
        let request = format!("{method} {path} {parameters:?}");
        Self { key, request }
    }
}

impl Keys {
    pub(super) fn claim(&mut self, fingerprint: Fingerprint) -> Result<Claim, StripeError> {
        if fingerprint.key.is_empty() || fingerprint.key.len() > KEY_LENGTH_MAX {
            return Err(StripeError::key_length());
        }
        match self.0.get(&fingerprint.key) {
            None => {
                let known = Known {
                    fingerprint: fingerprint.clone(),
                    answer: None,
                };
                self.0.insert(fingerprint.key.clone(), known);
                Ok(Claim::Free(Some(fingerprint)))
            }
            Some(known) if known.fingerprint != fingerprint => Err(StripeError::key_reused(&fingerprint.key)),
            Some(Known { answer: None, .. }) => Err(StripeError::key_in_use(&fingerprint.key)),
            Some(Known {
                answer: Some((status, body)),
                ..
            }) => Ok(Claim::Known(*status, body.clone())),
        }
    }

    /// Remembers the answer; without one, the key is as if it had not been used.
    pub(super) fn finish(&mut self, fingerprint: &Fingerprint, answer: Option<(u16, String)>) {
        match answer {
            None => drop(self.0.remove(&fingerprint.key)),
            Some(answer) => {
                // Unless it was forgotten meanwhile.
                if let Some(known) = self.0.get_mut(&fingerprint.key) {
                    known.answer = Some(answer);
                }
            }
        }
    }

    /// Of requests that have ended.
    pub(super) fn forget(&mut self) {
        self.0.retain(|_, known| known.answer.is_none());
    }
}

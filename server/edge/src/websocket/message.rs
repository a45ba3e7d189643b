//! The protocol's messages: <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>.

use async_graphql::ServerError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::surrogates;
use crate::answer::OutcomeBody;

/// From the client.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ClientMessage {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {
        /// Read so that a payload of another kind is refused.
        #[serde(default, rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Value,
    },
    Complete {
        id: String,
    },
    /// A `subscribe` whose payload holds half of a surrogate pair: JSON may write one, and it is no text.
    #[serde(skip)]
    Unreadable {
        id: String,
    },
}

impl ClientMessage {
    /// `None` for what is no message of the protocol.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Ok(message) = serde_json::from_str(text) {
            return Some(message);
        }
        match serde_json::from_str(&surrogates::replaced(text)?).ok()? {
            // An id that cannot be told back names nothing.
            Self::Subscribe { id, .. } if !id.contains(surrogates::REPLACEMENT) => Some(Self::Unreadable { id }),
            _ => None,
        }
    }
}

/// From us.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ServerMessage<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: OutcomeBody<'a>,
    },
    /// Ends the operation: it never ran.
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

/// Why we close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Close {
    pub(super) code: u16,
    /// At most 123 bytes go into a close frame.
    pub(super) reason: String,
}

impl Close {
    pub(super) fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        while reason.len() > 123 {
            reason.pop();
        }
        Self { code, reason }
    }
}

/// The token in `connection_init`'s payload. Fails for what is no text: whoever sends it means to be somebody.
pub(super) fn authorization(payload: &Map<String, Value>) -> Result<Option<String>, ()> {
    match payload.get("authorization").or_else(|| payload.get("Authorization")) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(token)) => Ok(Some(token.clone())),
        Some(_) => Err(()),
    }
}

//! Tasks: what was asked for, and how it is told.

use chrono::{DateTime, SecondsFormat, TimeDelta};
use serde_json::{Map, Value, json};

use super::error::ApiError;

pub(super) enum Work {
    CreateIndex {
        uid: String,
        primary_key: Option<String>,
    },
    DeleteIndex {
        uid: String,
    },
    Settings {
        uid: String,
        patch: Map<String, Value>,
    },
    Documents(Documents),
    DeleteDocuments {
        uid: String,
        ids: Vec<Value>,
    },
    /// `{"indexes": [a, b]}` each.
    Swap(Vec<Value>),
}

pub(super) struct Documents {
    pub(super) uid: String,
    pub(super) documents: Vec<Value>,
    /// Whether a document replaces the one before, or is laid over it.
    pub(super) replace: bool,
    pub(super) primary_key: Option<String>,
}

impl Work {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::CreateIndex { .. } => "indexCreation",
            Self::DeleteIndex { .. } => "indexDeletion",
            Self::Settings { .. } => "settingsUpdate",
            Self::Documents(_) => "documentAdditionOrUpdate",
            Self::DeleteDocuments { .. } => "documentDeletion",
            Self::Swap(_) => "indexSwap",
        }
    }

    pub(super) fn index(&self) -> Option<&str> {
        match self {
            Self::CreateIndex { uid, .. }
            | Self::DeleteIndex { uid }
            | Self::Settings { uid, .. }
            | Self::Documents(Documents { uid, .. })
            | Self::DeleteDocuments { uid, .. } => Some(uid),
            Self::Swap(_) => None,
        }
    }

    /// A swap concerns both its indexes, and belongs to neither.
    pub(super) fn concerns(&self, uid: &str) -> bool {
        match self {
            Self::Swap(swaps) => swaps.iter().any(|swap| {
                swap["indexes"]
                    .as_array()
                    .is_some_and(|pair| pair.contains(&uid.into()))
            }),
            one => one.index() == Some(uid),
        }
    }

    /// `touched` is how many documents it was about, once that is known.
    fn details(&self, touched: Option<usize>) -> Value {
        match self {
            Self::CreateIndex { primary_key, .. } => json!({"primaryKey": primary_key}),
            Self::DeleteIndex { .. } => json!({"deletedDocuments": touched}),
            Self::Settings { patch, .. } => Value::Object(patch.clone()),
            Self::Documents(work) => json!({"receivedDocuments": work.documents.len(), "indexedDocuments": touched}),
            Self::DeleteDocuments { ids, .. } => {
                json!({"providedIds": ids.len(), "deletedDocuments": touched, "originalFilter": null})
            }
            Self::Swap(swaps) => {
                let swaps: Vec<Value> = swaps
                    .iter()
                    .map(|swap| json!({"indexes": swap["indexes"], "rename": false}))
                    .collect();
                json!({"swaps": swaps})
            }
        }
    }
}

pub(super) struct Task {
    pub(super) uid: usize,
    pub(super) work: Work,
    /// How many documents it touched; `None` while it waits.
    pub(super) outcome: Option<Result<usize, ApiError>>,
    pub(super) asked_for: bool,
}

impl Task {
    pub(super) fn accepted(&self) -> Value {
        json!({
            "taskUid": self.uid,
            "indexUid": self.work.index(),
            "status": "enqueued",
            "type": self.work.kind(),
            "enqueuedAt": time(self.uid, 0),
        })
    }

    pub(super) fn body(&self) -> Value {
        let (status, touched, error) = match &self.outcome {
            None => ("enqueued", None, Value::Null),
            Some(Ok(touched)) => ("succeeded", Some(*touched), Value::Null),
            Some(Err(error)) => ("failed", Some(0), error.body()),
        };
        let when_done = |value: String| self.outcome.as_ref().map(|_| value);
        json!({
            "uid": self.uid,
            "batchUid": self.outcome.as_ref().map(|_| self.uid),
            "indexUid": self.work.index(),
            "status": status,
            "type": self.work.kind(),
            "canceledBy": null,
            "details": self.work.details(touched),
            "error": error,
            "duration": when_done("PT0.002000000S".to_owned()),
            "enqueuedAt": time(self.uid, 0),
            "startedAt": when_done(time(self.uid, 1)),
            "finishedAt": when_done(time(self.uid, 3)),
        })
    }
}

/// Made up: a second a task, from the day of the recording.
pub(super) fn time(task: usize, after_ms: i64) -> String {
    let start = DateTime::UNIX_EPOCH + TimeDelta::days(20_777);
    let time = start + TimeDelta::seconds(i64::try_from(task).unwrap_or(0)) + TimeDelta::milliseconds(after_ms);
    time.to_rfc3339_opts(SecondsFormat::Nanos, true)
}

//! The server's memory: indexes, and the tasks that change them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta};
use serde_json::{Map, Value, json};

use super::error::ApiError;

#[derive(Default)]
pub(super) struct Store {
    indexes: BTreeMap<String, Index>,
    tasks: Vec<Task>,
    pub(super) tasks_held: bool,
    pub(super) next_task_fails: bool,
}

pub(super) struct Index {
    /// The task that made it.
    made_by: usize,
    pub(super) settings: Map<String, Value>,
    /// In the order in which they came.
    pub(super) documents: Vec<Value>,
}

/// What a task does to the indexes once its turn comes.
type Work = Box<dyn FnOnce(&mut BTreeMap<String, Index>, usize) -> Result<(), ApiError> + Send>;

struct Task {
    kind: &'static str,
    index: Value,
    /// While it waits.
    work: Option<Work>,
    error: Option<ApiError>,
    asked_for: bool,
}

impl Store {
    pub(super) fn index(&self, uid: &str) -> Result<&Index, ApiError> {
        self.indexes.get(uid).ok_or_else(|| missing(uid))
    }

    pub(super) fn wipe(&mut self) {
        self.indexes.clear();
    }

    pub(super) fn list(&self) -> Value {
        let results = self.indexes.iter().map(|(uid, index)| {
            let made_at = time(index.made_by);
            json!({"uid": uid, "createdAt": made_at, "updatedAt": made_at, "primaryKey": "id"})
        });
        json!({"results": results.collect::<Vec<_>>(), "offset": 0, "limit": 1000, "total": self.indexes.len()})
    }

    pub(super) fn create(&mut self, uid: String) -> Value {
        self.enqueue("indexCreation", Some(uid.clone()), move |indexes, task| {
            if indexes.contains_key(&uid) {
                let message = format!("Index `{uid}` already exists.");
                return Err(ApiError::invalid("index_already_exists", message));
            }
            indexes.insert(uid, Index::new(task));
            Ok(())
        })
    }

    pub(super) fn delete(&mut self, uid: String) -> Value {
        self.enqueue("indexDeletion", Some(uid.clone()), move |indexes, _| {
            indexes.remove(&uid).map(drop).ok_or_else(|| missing(&uid))
        })
    }

    pub(super) fn set(&mut self, uid: String, patch: Map<String, Value>) -> Value {
        self.enqueue("settingsUpdate", Some(uid.clone()), move |indexes, task| {
            let index = indexes.entry(uid).or_insert_with(|| Index::new(task));
            merge(&mut index.settings, patch);
            Ok(())
        })
    }

    /// Each document takes the place of the one before it, or is laid over it.
    pub(super) fn put(&mut self, uid: String, documents: Vec<Value>, replace: bool) -> Value {
        self.enqueue("documentAdditionOrUpdate", Some(uid.clone()), move |indexes, task| {
            let index = indexes.entry(uid).or_insert_with(|| Index::new(task));
            if let Some(without) = documents.iter().find(|document| document["id"].is_null()) {
                let message = format!("Document doesn't have a `id` attribute: `{without}`.");
                return Err(ApiError::invalid("missing_document_id", message));
            }
            for document in documents {
                match index.documents.iter_mut().find(|known| known["id"] == document["id"]) {
                    None => index.documents.push(document),
                    Some(known) if replace => *known = document,
                    Some(known) => {
                        for (name, value) in document.as_object().into_iter().flatten() {
                            known[name] = value.clone();
                        }
                    }
                }
            }
            Ok(())
        })
    }

    pub(super) fn remove(&mut self, uid: String, ids: Vec<Value>) -> Value {
        self.enqueue("documentDeletion", Some(uid.clone()), move |indexes, _| {
            let index = indexes.get_mut(&uid).ok_or_else(|| missing(&uid))?;
            index.documents.retain(|document| !ids.contains(&document["id"]));
            Ok(())
        })
    }

    pub(super) fn swap(&mut self, swaps: Vec<Value>) -> Value {
        self.enqueue("indexSwap", None, move |indexes, _| {
            for swap in swaps {
                let [a, b] = [0_usize, 1].map(|place| swap["indexes"][place].as_str().unwrap_or_default().to_owned());
                for uid in [&a, &b] {
                    indexes.get(uid).ok_or_else(|| missing(uid))?;
                }
                if let (Some(first), Some(second)) = (indexes.remove(&a), indexes.remove(&b)) {
                    indexes.insert(a, second);
                    indexes.insert(b, first);
                }
            }
            Ok(())
        })
    }

    fn enqueue(
        &mut self,
        kind: &'static str,
        index: Option<String>,
        work: impl FnOnce(&mut BTreeMap<String, Index>, usize) -> Result<(), ApiError> + Send + 'static,
    ) -> Value {
        let fails = std::mem::take(&mut self.next_task_fails);
        let task = Task {
            kind,
            index: Value::from(index),
            work: (!fails).then(|| Box::new(work) as Work),
            error: fails.then(ApiError::internal),
            asked_for: false,
        };
        let uid = self.tasks.len();
        let accepted = json!({
            "taskUid": uid,
            "indexUid": task.index,
            "status": "enqueued",
            "type": kind,
            "enqueuedAt": time(uid),
        });
        self.tasks.push(task);
        accepted
    }

    /// Waiting when it is first asked for; from then on all up to it are worked off, so that whoever does
    /// not wait for a task never sees its effect.
    pub(super) fn task(&mut self, uid: usize) -> Option<Value> {
        let asked_before = std::mem::replace(&mut self.tasks.get_mut(uid)?.asked_for, true);
        if asked_before && !self.tasks_held {
            for (place, task) in self.tasks[..=uid].iter_mut().enumerate() {
                if let Some(work) = task.work.take() {
                    task.error = work(&mut self.indexes, place).err();
                }
            }
        }
        Some(self.tasks[uid].body(uid))
    }
}

impl Task {
    fn body(&self, uid: usize) -> Value {
        let is_done = self.work.is_none();
        let status = match &self.error {
            Some(_) => "failed",
            None if is_done => "succeeded",
            None => "enqueued",
        };
        let when_done = |value: String| is_done.then_some(value);
        json!({
            "uid": uid,
            "batchUid": is_done.then_some(uid),
            "indexUid": self.index,
            "status": status,
            "type": self.kind,
            "canceledBy": null,
            "error": self.error.as_ref().map(ApiError::body),
            "duration": when_done("PT0.002000000S".to_owned()),
            "enqueuedAt": time(uid),
            "startedAt": when_done(time(uid)),
            "finishedAt": when_done(time(uid)),
        })
    }
}

impl Index {
    /// With Meilisearch's own settings, as far as a search here goes by them.
    fn new(made_by: usize) -> Self {
        let defaults = json!({
            "searchableAttributes": ["*"],
            "filterableAttributes": [],
            "sortableAttributes": [],
            "synonyms": {},
            "rankingRules": ["words", "typo", "proximity", "attribute", "sort", "exactness"],
            "typoTolerance": {"minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9}, "disableOnAttributes": []},
            "faceting": {"maxValuesPerFacet": 100, "sortFacetValuesBy": {"*": "alpha"}},
            "pagination": {"maxTotalHits": 1000},
        });
        Self {
            made_by,
            settings: defaults.as_object().cloned().unwrap_or_default(),
            documents: Vec::new(),
        }
    }

    /// The texts of a list among the settings.
    pub(super) fn texts(&self, name: &str) -> Vec<&str> {
        let list = self.settings[name].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).collect()
    }
}

/// What an index's settings may be; anything else is refused.
const SETTINGS: [&str; 20] = [
    "displayedAttributes",
    "searchableAttributes",
    "filterableAttributes",
    "sortableAttributes",
    "rankingRules",
    "stopWords",
    "nonSeparatorTokens",
    "separatorTokens",
    "dictionary",
    "synonyms",
    "distinctAttribute",
    "proximityPrecision",
    "typoTolerance",
    "faceting",
    "pagination",
    "embedders",
    "searchCutoffMs",
    "localizedAttributes",
    "facetSearch",
    "prefixSearch",
];

pub(super) fn require_settings(patch: &Map<String, Value>) -> Result<(), ApiError> {
    let unknown = patch.keys().find(|name| !SETTINGS.contains(&name.as_str()));
    let refuse = |name: &String| Err(ApiError::invalid("bad_request", format!("Unknown field `{name}`")));
    unknown.map_or(Ok(()), refuse)
}

fn merge(settings: &mut Map<String, Value>, patch: Map<String, Value>) {
    for (name, mut value) in patch {
        // Synonyms are told as a whole.
        if name != "synonyms"
            && let (Some(Value::Object(known)), Value::Object(patch)) = (settings.get_mut(&name), &value)
        {
            merge(known, patch.clone());
            continue;
        }
        // A set, told in order.
        if let (Value::Array(set), "sortableAttributes") = (&mut value, name.as_str()) {
            set.sort_by_key(Value::to_string);
        }
        settings.insert(name, value);
    }
}

fn missing(uid: &str) -> ApiError {
    ApiError::not_found("index_not_found", format!("Index `{uid}` not found."))
}

/// Made up: a second a task, from the day of the recording.
fn time(task: usize) -> String {
    let start = DateTime::UNIX_EPOCH + TimeDelta::days(20_777);
    (start + TimeDelta::seconds(i64::try_from(task).unwrap_or(0))).to_rfc3339()
}

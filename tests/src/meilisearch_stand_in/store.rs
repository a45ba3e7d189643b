//! The server's memory.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{
    error::ApiError,
    settings,
    tasks::{Documents, Task, Work, time},
};

#[derive(Default)]
pub(super) struct Store {
    indexes: BTreeMap<String, Index>,
    tasks: Vec<Task>,
    held: bool,
    next_fails: bool,
}

pub(super) struct Index {
    /// The task that made it.
    made_by: usize,
    primary_key: Option<String>,
    pub(super) settings: Map<String, Value>,
    /// In the order in which they came.
    pub(super) documents: Vec<Value>,
}

impl Store {
    pub(super) fn index(&self, uid: &str) -> Result<&Index, ApiError> {
        self.indexes.get(uid).ok_or_else(|| ApiError::index_not_found(uid))
    }

    pub(super) fn list(&self, query: &Map<String, Value>) -> Value {
        let limit = query.get("limit").and_then(Value::as_str);
        let limit = limit.and_then(|limit| limit.parse().ok()).unwrap_or(20);
        let results = self.indexes.iter().take(limit).map(|(uid, index)| {
            let made_at = time(index.made_by, 3);
            json!({"uid": uid, "createdAt": made_at, "updatedAt": made_at, "primaryKey": index.primary_key})
        });
        json!({
            "results": results.collect::<Vec<_>>(),
            "offset": 0,
            "limit": limit,
            "total": self.indexes.len(),
        })
    }

    pub(super) fn wipe(&mut self) {
        self.indexes.clear();
    }

    pub(super) fn hold_tasks(&mut self, held: bool) {
        self.held = held;
    }

    pub(super) fn fail_next_task(&mut self) {
        self.next_fails = true;
    }

    pub(super) fn enqueue(&mut self, mut work: Work) -> Value {
        if let Work::Settings { patch, .. } = &mut work {
            settings::tidy(patch);
        }
        let fails = std::mem::take(&mut self.next_fails);
        let outcome = fails.then(|| Err(ApiError::internal("The disk is on fire.")));
        let task = Task {
            uid: self.tasks.len(),
            work,
            outcome,
            asked_for: false,
        };
        let accepted = task.accepted();
        self.tasks.push(task);
        accepted
    }

    /// Waiting when it is first asked for; from then on all up to it are worked off.
    pub(super) fn task(&mut self, uid: usize) -> Option<Value> {
        let asked_before = std::mem::replace(&mut self.tasks.get_mut(uid)?.asked_for, true);
        if asked_before && !self.held {
            for place in 0..=uid {
                if self.tasks[place].outcome.is_none() {
                    let outcome = run(&mut self.indexes, &self.tasks[place]);
                    self.tasks[place].outcome = Some(outcome);
                }
            }
        }
        Some(self.tasks[uid].body())
    }

    pub(super) fn tasks(&self, query: &Map<String, Value>) -> Value {
        let text = |name: &str| query.get(name).and_then(Value::as_str);
        let limit = text("limit").and_then(|limit| limit.parse().ok()).unwrap_or(20);
        let wanted = |task: &&Task| text("indexUids").is_none_or(|uid| task.work.concerns(uid));
        let all: Vec<&Task> = self.tasks.iter().rev().filter(wanted).collect();
        let next = all
            .get(limit)
            .filter(|_| text("indexUids").is_none())
            .map(|task| task.uid);
        json!({
            "results": all.iter().take(limit).map(|task| task.body()).collect::<Vec<_>>(),
            "total": all.len(),
            "limit": limit,
            "from": all.first().map(|task| task.uid),
            "next": next,
        })
    }
}

impl Index {
    fn new(made_by: &Task, primary_key: Option<String>) -> Self {
        Self {
            made_by: made_by.uid,
            primary_key,
            settings: settings::defaults(),
            documents: Vec::new(),
        }
    }

    pub(super) fn stats(&self) -> Value {
        let mut fields: BTreeMap<&String, usize> = BTreeMap::new();
        for name in self.documents.iter().filter_map(Value::as_object).flat_map(Map::keys) {
            *fields.entry(name).or_default() += 1;
        }
        json!({
            "numberOfDocuments": self.documents.len(),
            "rawDocumentDbSize": 4096,
            "avgDocumentSize": 1357,
            "isIndexing": false,
            "numberOfEmbeddings": 0,
            "numberOfEmbeddedDocuments": 0,
            "fieldDistribution": fields,
        })
    }
}

/// Answers how many documents were touched.
fn run(indexes: &mut BTreeMap<String, Index>, task: &Task) -> Result<usize, ApiError> {
    match &task.work {
        Work::CreateIndex { uid, primary_key } => {
            if indexes.contains_key(uid) {
                let message = format!("Index `{uid}` already exists.");
                return Err(ApiError::invalid("index_already_exists", message));
            }
            indexes.insert(uid.clone(), Index::new(task, primary_key.clone()));
            Ok(0)
        }
        Work::DeleteIndex { uid } => {
            let deleted = indexes.remove(uid).ok_or_else(|| ApiError::index_not_found(uid))?;
            Ok(deleted.documents.len())
        }
        Work::Settings { uid, patch } => {
            let index = indexes.entry(uid.clone()).or_insert_with(|| Index::new(task, None));
            settings::merge(&mut index.settings, patch);
            Ok(0)
        }
        Work::Documents(work) => put(indexes, task, work),
        Work::DeleteDocuments { uid, ids } => {
            let index = indexes.get_mut(uid).ok_or_else(|| ApiError::index_not_found(uid))?;
            let key = index.primary_key.clone().unwrap_or_default();
            let before = index.documents.len();
            index.documents.retain(|document| !ids.contains(&document[&key]));
            Ok(before - index.documents.len())
        }
        Work::Swap(swaps) => swap(indexes, swaps),
    }
}

fn put(indexes: &mut BTreeMap<String, Index>, task: &Task, work: &Documents) -> Result<usize, ApiError> {
    let index = indexes
        .entry(work.uid.clone())
        .or_insert_with(|| Index::new(task, None));
    let key = index
        .primary_key
        .get_or_insert_with(|| work.primary_key.clone().unwrap_or_else(|| "id".to_owned()));
    if let Some(without) = work.documents.iter().find(|document| document.get(&*key).is_none()) {
        let message = format!("Document doesn't have a `{key}` attribute: `{without}`.");
        return Err(ApiError::invalid("missing_document_id", message));
    }
    for document in &work.documents {
        match index.documents.iter_mut().find(|known| known[&*key] == document[&*key]) {
            None => index.documents.push(document.clone()),
            Some(known) if work.replace => *known = document.clone(),
            Some(known) => {
                for (name, value) in document.as_object().into_iter().flatten() {
                    known[name] = value.clone();
                }
            }
        }
    }
    Ok(work.documents.len())
}

fn swap(indexes: &mut BTreeMap<String, Index>, swaps: &[Value]) -> Result<usize, ApiError> {
    for swap in swaps {
        let names: BTreeSet<&str> = swap["indexes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let pair: Vec<&str> = names.into_iter().collect();
        let [a, b] = pair[..] else {
            return Err(ApiError::invalid(
                "invalid_swap_indexes",
                "Two indexes must be given for each swap.",
            ));
        };
        if let Some(missing) = [a, b].into_iter().find(|uid| !indexes.contains_key(*uid)) {
            return Err(ApiError::index_not_found(missing));
        }
        if let (Some(first), Some(second)) = (indexes.remove(a), indexes.remove(b)) {
            indexes.insert(a.to_owned(), second);
            indexes.insert(b.to_owned(), first);
        }
    }
    Ok(0)
}

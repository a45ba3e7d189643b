//! What is done with every section alike.

use std::{collections::HashMap, marker::PhantomData};

use async_trait::async_trait;
use serde::Serialize;
use serde_json::Value;

use super::{
    diff::{Change, ChangeKind, State},
    read::{Given, at_line, given},
    section::Section,
};
use crate::{Error, Fault, Result, Tx, staff::Permission};

/// A section, whichever it is.
#[async_trait]
pub(super) trait AnySection: Send + Sync {
    fn key(&self) -> &'static str;
    fn permission(&self) -> Permission;
    /// Its part of the file; empty where there is nothing.
    async fn export(&self, tx: &Tx) -> Result<String>;
    /// All of it as it is.
    async fn state(&self, tx: &Tx) -> Result<State>;
    /// As [`state`](Self::state), where the file has this section.
    async fn before(&self, tx: &Tx, text: &str) -> Result<Option<State>>;
    /// Makes it what the file says. Gives what of that is awaited.
    async fn put(&self, tx: &Tx, text: &str, prune: bool) -> Result<Vec<Change>>;
    /// Deletes what the file does not name. Gives what is needed, and stays.
    async fn prune(&self, tx: &Tx, text: &str) -> Result<Vec<Change>>;
}

/// Makes a section one of the table.
pub(super) struct Of<S>(pub(super) PhantomData<S>);

#[async_trait]
impl<S: Section> AnySection for Of<S> {
    fn key(&self) -> &'static str {
        S::KEY
    }

    fn permission(&self) -> Permission {
        S::PERMISSION
    }

    async fn export(&self, tx: &Tx) -> Result<String> {
        let entries: Vec<S::Entry> = S::read(tx).await?.into_iter().map(|(_, entry)| entry).collect();
        let written = match (S::IS_ONE, entries.first()) {
            (_, None) => return Ok(String::new()),
            (true, Some(entry)) => toml::to_string(&HashMap::from([(S::KEY, entry)])),
            (false, _) => toml::to_string(&HashMap::from([(S::KEY, &entries)])),
        };
        Ok(written.map_err(|error| Fault::other("writing the shop as a file", error))?)
    }

    async fn state(&self, tx: &Tx) -> Result<State> {
        let entries = S::read(tx).await?;
        let names = numbered(entries.iter().map(|(_, entry)| S::name(entry)));
        let values = entries.iter().map(|(_, entry)| value(entry));
        names
            .into_iter()
            .zip(values)
            .map(|(name, value)| Ok((name, value?)))
            .collect()
    }

    async fn before(&self, tx: &Tx, text: &str) -> Result<Option<State>> {
        match given::<S>(text)? {
            Some(_) => Ok(Some(self.state(tx).await?)),
            None => Ok(None),
        }
    }

    async fn put(&self, tx: &Tx, text: &str, prune: bool) -> Result<Vec<Change>> {
        let given = given::<S>(text)?.unwrap_or_default();
        let names = names::<S>(&given);
        let present: HashMap<String, (S::Id, S::Entry)> = by_name::<S>(tx).await?.into_iter().collect();
        let mut awaited = Vec::new();
        for (Given { line, entry }, name) in given.iter().zip(&names) {
            let current = present.get(name);
            if let Some((_, is)) = current
                && value(is)? == value(entry)?
            {
                continue;
            }
            let put = S::put(tx, current.map(|(id, _)| id.clone()), entry, prune).await;
            put.map_err(|error| at_line(error, *line, S::KEY, name))?;
            let lines = S::awaited(tx, entry).await?;
            if !lines.is_empty() {
                awaited.push(Change {
                    kind: ChangeKind::Awaited,
                    section: S::KEY,
                    name: name.clone(),
                    lines,
                });
            }
        }
        order::<S>(tx, &names).await?;
        Ok(awaited)
    }

    async fn prune(&self, tx: &Tx, text: &str) -> Result<Vec<Change>> {
        let named = names::<S>(&given::<S>(text)?.unwrap_or_default());
        let mut kept = Vec::new();
        let mut present = by_name::<S>(tx).await?;
        present.retain(|(name, _)| !S::IS_ONE && !named.contains(name));
        // The last ones first: branches stand behind what they lie beneath.
        for (name, (id, _)) in present.into_iter().rev() {
            match S::remove(tx, id).await {
                Err(Error::Refused(refusals)) => kept.push(Change {
                    kind: ChangeKind::Kept,
                    section: S::KEY,
                    name,
                    lines: refusals.into_iter().map(|refusal| refusal.message).collect(),
                }),
                removed => removed?,
            }
        }
        Ok(kept)
    }
}

/// Those of the file first, in its order; the others after them, in theirs.
async fn order<S: Section>(tx: &Tx, names: &[String]) -> Result<()> {
    let entries = S::read(tx).await?;
    let present = numbered(entries.iter().map(|(_, entry)| S::name(entry)));
    let place = |name: &String| names.iter().position(|named| named == name).unwrap_or(usize::MAX);
    let mut sorted: Vec<(usize, S::Id)> = present
        .iter()
        .map(place)
        .zip(entries.iter().map(|(id, _)| id.clone()))
        .collect();
    sorted.sort_by_key(|(place, _)| *place);
    let ids: Vec<S::Id> = sorted.into_iter().map(|(_, id)| id).collect();
    if ids.iter().eq(entries.iter().map(|(id, _)| id)) {
        return Ok(());
    }
    S::order(tx, &ids).await
}

/// All of them, in their order.
async fn by_name<S: Section>(tx: &Tx) -> Result<Vec<(String, (S::Id, S::Entry))>> {
    let entries = S::read(tx).await?;
    let names = numbered(entries.iter().map(|(_, entry)| S::name(entry)));
    Ok(names.into_iter().zip(entries).collect())
}

fn value(entry: &impl Serialize) -> Result<Value> {
    let value = serde_json::to_value(entry);
    Ok(value.map_err(|error| Fault::other("comparing the shop with a file", error))?)
}

fn names<S: Section>(given: &[Given<S::Entry>]) -> Vec<String> {
    numbered(given.iter().map(|given| S::name(&given.entry)))
}

/// Two of one name are told apart by their order.
pub(super) fn numbered(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let number = |name: String| {
        let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        match count {
            1 => name,
            count => format!("{name} #{count}"),
        }
    };
    names.into_iter().map(number).collect()
}

//! Where a failed field leaves `null`. async-graphql 7 leaves such a field out of `data`; the
//! specification wants `null` there, or at the nearest parent that may be null.

use std::{
    collections::HashSet,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult, Value};

/// The failures of one execution.
#[derive(Default)]
pub(super) struct Nulls {
    /// Spares the lock and the path to every field of a healthy answer.
    any: AtomicBool,
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    errors: Vec<ServerError>,
    /// Objects that hold a failed non-null field, and so are null themselves.
    null_objects: HashSet<Vec<String>>,
    /// Failed items of lists whose field is not settled yet.
    items: Vec<Vec<String>>,
    /// Where a null goes in the answer.
    null_paths: Vec<Vec<String>>,
}

impl Nulls {
    /// Takes a field's or a list item's outcome once everything below it is settled. `kind` is the
    /// type in GraphQL's notation. For an item it cannot be trusted (async-graphql tells every
    /// item non-null), so what an item's failure means is decided by the field around it.
    pub(super) fn settle(
        &self,
        path: &QueryPathNode<'_>,
        kind: &str,
        outcome: ServerResult<Option<Value>>,
    ) -> ServerResult<Option<Value>> {
        if outcome.is_ok() && !self.any.load(Ordering::Acquire) {
            return outcome;
        }
        let mut found = self.found();
        let steps = path.to_string_vec();
        let mut failed = found.null_objects.contains(&steps);
        let value = outcome.unwrap_or_else(|mut error| {
            if error.path.is_empty() {
                error.path = segments(path);
            }
            found.errors.push(error);
            self.any.store(true, Ordering::Release);
            failed = true;
            None
        });
        if matches!(path.segment, QueryPathSegment::Name(_)) {
            failed |= found.settle_items(&steps, kind);
            if failed {
                found.mark_null(steps, is_nullable(kind, 0));
            }
        } else if failed {
            found.items.push(steps);
        }
        Ok(if failed { Some(Value::Null) } else { value })
    }

    /// Writes the nulls and the errors into the answer.
    pub(super) fn fill(&self, response: &mut Response) {
        if !self.any.swap(false, Ordering::AcqRel) {
            return;
        }
        let found = std::mem::take(&mut *self.found());
        response.errors.extend(found.errors);
        if found.null_objects.contains(&Vec::new()) {
            response.data = Value::Null;
        }
        for path in &found.null_paths {
            set_null(&mut response.data, path);
        }
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Found {
    /// Puts the failed items of a field's list, or list of lists, where the nearest null may
    /// stand. Says whether the field itself is null by them.
    fn settle_items(&mut self, field: &[String], kind: &str) -> bool {
        let mut failed = false;
        let of_field = |item: &Vec<String>| {
            // Nothing but indexes follows, and no name starts with a digit.
            let rest = item.strip_prefix(field);
            rest.is_some_and(|rest| rest.iter().all(|step| step.starts_with(char::is_numeric)))
        };
        let (items, others): (Vec<_>, Vec<_>) = self.items.drain(..).partition(of_field);
        self.items = others;
        for mut item in items {
            let levels = item.len() - field.len();
            match (1..=levels).rev().find(|level| is_nullable(kind, *level)) {
                Some(level) => {
                    item.truncate(field.len() + level);
                    self.null_paths.push(item);
                }
                None => failed = true,
            }
        }
        failed
    }

    fn mark_null(&mut self, mut path: Vec<String>, nullable: bool) {
        if nullable {
            self.null_paths.push(path);
        } else {
            path.pop();
            self.null_objects.insert(path);
        }
    }
}

/// Whether null may stand `level` lists inside the type `kind`.
fn is_nullable(mut kind: &str, level: usize) -> bool {
    for _ in 0..level {
        kind = kind.strip_suffix('!').unwrap_or(kind);
        kind = kind
            .strip_prefix('[')
            .and_then(|kind| kind.strip_suffix(']'))
            .unwrap_or(kind);
    }
    !kind.ends_with('!')
}

fn set_null(data: &mut Value, path: &[String]) {
    let mut target = data;
    for step in path {
        let next = match target {
            Value::Object(fields) => fields.get_mut(step.as_str()),
            Value::List(items) => step.parse().ok().and_then(|at: usize| items.get_mut(at)),
            _ => None,
        };
        // A parent is null already.
        let Some(next) = next else { return };
        target = next;
    }
    *target = Value::Null;
}

fn segments(path: &QueryPathNode<'_>) -> Vec<PathSegment> {
    let mut segments: Vec<_> = std::iter::once(path)
        .chain(path.parents())
        .map(|node| match node.segment {
            QueryPathSegment::Index(index) => PathSegment::Index(index),
            QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
        })
        .collect();
    segments.reverse();
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_nullability_level_by_level() {
        let levels = |kind| [0, 1, 2].map(|level| is_nullable(kind, level));
        assert_eq!(levels("[[Int!]]!"), [false, true, false]);
        assert_eq!(levels("[[Int]!]"), [true, false, true]);
        assert!(is_nullable("Item", 0) && !is_nullable("Item!", 0));
    }
}

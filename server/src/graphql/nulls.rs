//! Where a failed field leaves `null`. async-graphql 7 leaves such a field out of `data`; the
//! specification wants `null` there, or at the nearest parent that may be null.

use std::{
    collections::HashSet,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult, Value,
};

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
    /// Objects and lists that hold a failed non-null value, and so are null themselves.
    doomed: HashSet<Vec<String>>,
    /// Where the nulls end up.
    holes: Vec<Vec<String>>,
}

impl Nulls {
    /// Takes a field's or a list item's outcome once everything below it is settled.
    pub(super) fn settle(
        &self,
        path: &QueryPathNode<'_>,
        nullable: bool,
        outcome: ServerResult<Option<Value>>,
    ) -> ServerResult<Option<Value>> {
        match outcome {
            Ok(value) if !self.any.load(Ordering::Acquire) => return Ok(value),
            Ok(value) => {
                let mut found = self.found();
                let path = path.to_string_vec();
                if !found.doomed.contains(&path) {
                    return Ok(value);
                }
                found.punch(path, nullable);
            }
            Err(mut error) => {
                if error.path.is_empty() {
                    error.path = segments(path);
                }
                let mut found = self.found();
                found.errors.push(error);
                found.punch(path.to_string_vec(), nullable);
                self.any.store(true, Ordering::Release);
            }
        }
        Ok(Some(Value::Null))
    }

    /// Writes the nulls and the errors into the answer.
    pub(super) fn fill(&self, response: &mut Response) {
        if !self.any.swap(false, Ordering::AcqRel) {
            return;
        }
        let found = std::mem::take(&mut *self.found());
        response.errors.extend(found.errors);
        if found.doomed.contains(&Vec::new()) {
            response.data = Value::Null;
        }
        for hole in &found.holes {
            set_null(&mut response.data, hole);
        }
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Found {
    fn punch(&mut self, mut path: Vec<String>, nullable: bool) {
        if nullable {
            self.holes.push(path);
        } else {
            path.pop();
            self.doomed.insert(path);
        }
    }
}

fn set_null(data: &mut Value, path: &[String]) {
    let mut place = data;
    for step in path {
        let next = match place {
            Value::Object(fields) => fields.get_mut(step.as_str()),
            Value::List(items) => step.parse().ok().and_then(|at: usize| items.get_mut(at)),
            _ => None,
        };
        // A parent is null already.
        let Some(next) = next else { return };
        place = next;
    }
    *place = Value::Null;
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

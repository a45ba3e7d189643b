//! What carts and orders are priced by besides their goods is a few rows that seldom change: each process keeps them in
//! memory, as of a revision that the database gives.
//!
//! Whoever needs them reads the revision in a statement that is run anyway (`REVISION`), and reads the rows where they are
//! kept as of another. So what is kept is never older than that statement, on whichever server it was changed, and nobody
//! has to be told. Triggers renew the revision with every change, and none comes twice.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// The column that tells the revision, for a statement's columns or what it returns.
pub(crate) const REVISION: &str = "(select revision from checkout_revision) as revision";

/// What this process keeps, one value of a type.
#[derive(Default)]
pub struct KeptByRevision(RwLock<HashMap<TypeId, Kept>>);

struct Kept {
    revision: String,
    value: Arc<dyn Any + Send + Sync>,
}

impl KeptByRevision {
    /// What is kept as of this revision.
    pub(crate) fn find<T: Send + Sync + 'static>(&self, revision: &str) -> Option<Arc<T>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.get(&TypeId::of::<T>())?;
        let value = (kept.revision == revision).then(|| Arc::clone(&kept.value))?;
        value.downcast().ok()
    }

    /// Keeps what was read after the revision was.
    pub(crate) fn keep<T: Send + Sync + 'static>(&self, revision: &str, value: &Arc<T>) {
        let kept = Kept {
            revision: revision.to_owned(),
            value: Arc::<T>::clone(value),
        };
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(TypeId::of::<T>(), kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_as_of_its_revision_alone() {
        let kept = KeptByRevision::default();
        assert_eq!(kept.find::<u8>("a"), None);
        kept.keep("a", &Arc::new(1u8));
        kept.keep("a", &Arc::new("one"));
        assert_eq!(kept.find("a"), Some(Arc::new(1u8)));
        assert_eq!(kept.find("a"), Some(Arc::new("one")));
        kept.keep("b", &Arc::new(2u8));
        assert_eq!((kept.find::<u8>("a"), kept.find("b")), (None, Some(Arc::new(2u8))));
    }
}

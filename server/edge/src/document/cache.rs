//! Documents that were valid before, by the hash of their text. Whoever sends one again spares us
//! reading and checking it; whoever knows the hash need not send it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sha2::{Digest, Sha256};

use super::plan::Document;

/// SHA-256.
pub(super) type Hash = [u8; 32];

/// The documents that were asked for last, bounded by their number and by their size.
#[derive(Debug)]
pub(super) struct Cache {
    documents_max: usize,
    bytes_max: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    documents: HashMap<Hash, (Arc<Document>, u64)>,
    bytes: usize,
    /// Grows with every use, so that the document with the lowest is the one not asked for longest.
    uses: u64,
}

impl Cache {
    pub(super) fn new(documents_max: usize, bytes_max: usize) -> Self {
        Self {
            documents_max,
            bytes_max,
            kept: Mutex::default(),
        }
    }

    pub(super) fn get(&self, hash: &Hash) -> Option<Arc<Document>> {
        let mut kept = self.kept();
        kept.uses += 1;
        let now = kept.uses;
        let (document, used) = kept.documents.get_mut(hash)?;
        *used = now;
        Some(Arc::clone(document))
    }

    /// One that alone is larger than all may be together is not kept.
    pub(super) fn insert(&self, hash: Hash, document: &Arc<Document>) {
        let mut kept = self.kept();
        kept.uses += 1;
        let now = kept.uses;
        if let Some((old, _)) = kept.documents.insert(hash, (Arc::clone(document), now)) {
            kept.bytes -= old.bytes;
        }
        kept.bytes += document.bytes;
        while kept.documents.len() > self.documents_max || kept.bytes > self.bytes_max {
            kept.drop_oldest();
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Looks at all of them: a thousand are looked through sooner than one new document is read.
    fn drop_oldest(&mut self) {
        let oldest = self
            .documents
            .iter()
            .min_by_key(|(_, (_, used))| *used)
            .map(|(hash, _)| *hash);
        if let Some((document, _)) = oldest.and_then(|hash| self.documents.remove(&hash)) {
            self.bytes -= document.bytes;
        }
    }
}

pub(super) fn hash(text: &str) -> Hash {
    Sha256::digest(text).into()
}

/// Reads a hash as clients write it: 64 hexadecimal digits.
pub(super) fn parse_hash(text: &str) -> Option<Hash> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut hash = Hash::default();
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let cache = Cache::new(3, 100);
        let document = |bytes| {
            Arc::new(Document {
                operations: Vec::new(),
                bytes,
                is_public: false,
            })
        };
        let kept =
            |cache: &Cache| ["a", "b", "c", "d", "e"].map(|name| cache.kept().documents.contains_key(&hash(name)));
        for name in ["a", "b", "c"] {
            cache.insert(hash(name), &document(10));
        }
        assert!(cache.get(&hash("a")).is_some());
        cache.insert(hash("d"), &document(10));
        assert_eq!(kept(&cache), [true, false, true, true, false]);
        cache.insert(hash("e"), &document(85));
        assert_eq!(kept(&cache), [false, false, false, true, true]);
        cache.insert(hash("b"), &document(101));
        assert_eq!(kept(&cache), [false; 5]);
        assert_eq!(cache.kept().bytes, 0);
    }

    #[test]
    fn reads_only_whole_hashes() {
        let text = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";
        assert_eq!(parse_hash(text), Some(hash("")));
        assert_eq!(parse_hash(&text[1..]), None);
        assert_eq!(parse_hash(&text.replace('E', "g")), None);
    }
}

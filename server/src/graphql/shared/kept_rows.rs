//! What loaders have read of products and variants, kept by id and shared by all operations: of callers whose answers are not
//! kept as a whole, too, such as carts. A row is dropped by the same changes as an answer that shows it.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::{self, Debug, Write},
    future::Future,
    hash::Hash,
    sync::{Arc, atomic::AtomicU64},
};

use quick_cache::{Weighter, sync::Cache};
use uuid::Uuid;
use vitrine_commerce::{
    Error, Result, Shop, changes,
    money::Currency,
    reader, settings,
    shown::{self, Reads, Shown},
};

/// About how large an answer is: how many places there are follows from it.
const ROW_BYTES: u64 = 1024;

/// What an entry takes besides its own bytes.
const ENTRY_BYTES: u64 = 256;

/// What a server keeps of rows.
pub struct KeptRows(Cache<Key, Arc<Row>, ByBytes>);

/// A question, as of one id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    question: TypeId,
    currency: Currency,
    id: Uuid,
}

struct Row {
    /// An `Option` of the question's answer: that there is none is kept, too.
    answer: Box<dyn Any + Send + Sync>,
    bytes: u64,
    shown: Shown,
    seen: AtomicU64,
    /// What the shop was: days are those of its time zone.
    profile_version: i64,
}

#[derive(Debug, Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Row>> for ByBytes {
    fn weight(&self, _: &Key, row: &Arc<Row>) -> u64 {
        row.bytes + ENTRY_BYTES
    }
}

impl KeptRows {
    /// `bytes_max` is how much memory they may take, about.
    pub fn new(bytes_max: u64) -> Self {
        let places = (bytes_max / ROW_BYTES).max(1) as usize;
        Self(Cache::with_weighter(places, bytes_max, ByBytes))
    }

    /// The answer, or that there is none, where either is known.
    fn find<Answer: Clone + 'static>(&self, shop: &Shop, key: &Key) -> Option<Option<Answer>> {
        let row = self.0.get(key)?;
        if !row.holds(shop) {
            self.0.remove_if(key, |kept| Arc::ptr_eq(kept, &row));
            return None;
        }
        let answer = row.answer.downcast_ref::<Option<Answer>>()?.clone();
        shown::note(&row.shown);
        Some(answer)
    }
}

impl Row {
    fn holds(&self, shop: &Shop) -> bool {
        shop.profile().version == self.profile_version
            && shop.showing().holds(&self.shown, &self.seen)
            && !self.shown.is_over(|| shop.clock.now())
    }
}

/// The answers to `Question` for many ids, each made of rows that bear its id alone: kept, or asked for.
pub(in crate::graphql) async fn alone<Question, Id, Answer, Asked>(
    rows: Option<&KeptRows>,
    (shop, currency): (&Shop, Currency),
    ids: Vec<Id>,
    uuid: fn(&Id) -> Uuid,
    ask: impl FnOnce(Vec<Id>) -> Asked,
) -> Result<HashMap<Id, Answer>>
where
    Question: 'static,
    Id: Copy + Eq + Hash,
    Answer: Clone + Debug + Send + Sync + 'static,
    Asked: Future<Output = Result<HashMap<Id, Answer>>>,
{
    let Some(rows) = believed(rows, shop).await else {
        return shown::of(ids.iter().map(uuid).collect::<Vec<_>>(), ask(ids)).await;
    };
    let key = |id: &Id| Key {
        question: TypeId::of::<Question>(),
        currency,
        id: uuid(id),
    };
    let (mut answers, mut missing) = (HashMap::new(), Vec::new());
    for id in ids {
        match rows.find(shop, &key(&id)) {
            Some(Some(answer)) => {
                answers.insert(id, answer);
            }
            Some(None) => {}
            None => missing.push(id),
        }
    }
    if missing.is_empty() {
        return Ok(answers);
    }
    let (seen, profile_version) = (shop.showing().last(), shop.profile().version);
    let reads = Reads::default();
    let asked = shown::of(missing.iter().map(uuid).collect::<Vec<_>>(), ask(missing.clone()));
    let outcome = reads.watch(asked).await;
    let mut shown = reads.take();
    shown::note(&shown);
    // What was read of a replica may lack what was known here before it was read.
    let seen = match shown.take_as_of() {
        Some(moment) => seen.min(shop.showing().last_at(moment)),
        None => seen,
    };
    let loaded = outcome?;
    for id in &missing {
        let answer = loaded.get(id).cloned();
        let row = Row {
            bytes: size_of::<Shown>() as u64 + written(&answer),
            answer: Box::new(answer),
            shown: shown.about(uuid(id)),
            seen: AtomicU64::new(seen),
            profile_version,
        };
        if !row.shown.is_private() && row.holds(shop) {
            rows.0.insert(key(id), Arc::new(row));
        }
    }
    answers.extend(loaded);
    Ok(answers)
}

/// What is kept, where all changes are known.
async fn believed<'a>(rows: Option<&'a KeptRows>, shop: &Shop) -> Option<&'a KeptRows> {
    let rows = rows?;
    let showing = shop.showing();
    showing.use_now();
    if !showing.is_current() {
        learn(shop).await.ok()?;
    }
    Some(rows)
}

/// Reads what has changed, and the settings where those have: answers depend on them without reading a table. Nothing of it
/// may be late: it is believed.
pub async fn learn(shop: &Shop) -> Result<()> {
    reader::on_primary(async {
        changes::catch_up(shop).await?;
        let showing = shop.showing();
        if let Some(change) = showing.settings_changed() {
            settings::refresh(shop).await?;
            showing.settings_are_read(change);
        }
        Ok::<_, Error>(())
    })
    .await
}

/// How long it is when it is written out: about what it takes in memory, or more.
fn written(answer: &impl Debug) -> u64 {
    struct Length(u64);
    impl Write for Length {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len() as u64;
            Ok(())
        }
    }
    let mut length = Length(0);
    // Counting does not fail.
    let _ = write!(length, "{answer:?}");
    length.0
}

impl Debug for KeptRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptRows")
            .field("rows", &self.0.len())
            .finish_non_exhaustive()
    }
}

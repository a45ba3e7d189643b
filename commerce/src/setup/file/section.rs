//! What a section of the file is.

use async_trait::async_trait;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Result, Tx, language::Message, staff::Permission};

/// One kind of thing, as it stands in the file. Its entries are written in the order in which they are read, and
/// say all of a thing that the file says of it.
#[async_trait]
pub(super) trait Section: Send + Sync + 'static {
    /// The table's name.
    const KEY: &'static str;
    /// Whether there is one of it: `[settings]` rather than `[[settings]]`.
    const IS_ONE: bool = false;
    /// What whoever reads or changes them must be allowed, beside the settings.
    const PERMISSION: Permission = Permission::Settings;
    type Id: Clone + PartialEq + Send + Sync;
    type Entry: Serialize + DeserializeOwned + Send + Sync;

    /// What it is known by.
    fn name(entry: &Self::Entry) -> String;

    /// All of them, in their order.
    async fn read(tx: &Tx) -> Result<Vec<(Self::Id, Self::Entry)>>;

    /// Makes the thing what the entry says: `current` is it, where there is one. What belongs to it and is not named
    /// goes where `prune` is set.
    async fn put(tx: &Tx, current: Option<Self::Id>, entry: &Self::Entry, prune: bool) -> Result<()>;

    /// What the entry names that is not there yet and is followed as soon as it comes: a line each.
    async fn awaited(_: &Tx, _: &Self::Entry) -> Result<Vec<Message>> {
        Ok(Vec::new())
    }

    /// Deletes it.
    ///
    /// # Errors
    /// Refuses where goods or orders need it: then it stays.
    async fn remove(tx: &Tx, id: Self::Id) -> Result<()>;

    /// Puts them into this order: all of them.
    async fn order(tx: &Tx, ids: &[Self::Id]) -> Result<()>;
}

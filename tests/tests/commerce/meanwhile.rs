//! What happens in the database while a use case is at a port.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use vitrine_commerce::ports::{
    MediaStore, RateLimiter,
    media_store::{ByteRange, MediaStoreError, StoredObject},
    rate_limit::{Charge, Taken},
};
use vitrine_tests::memory::{MemoryStore, NoLimits};

/// A statement that runs once, when a port is next called.
#[derive(Clone, Default)]
pub struct Meanwhile(Arc<Mutex<Option<&'static str>>>);

impl Meanwhile {
    pub fn happens(&self, sql: &'static str) {
        *self.0.lock().expect("not poisoned") = Some(sql);
    }

    /// A limiter that counts nothing: it is told of passwords that were right.
    pub fn of(&self, db: &DatabaseConnection) -> Arc<Port> {
        Arc::new(Port {
            db: db.clone(),
            meanwhile: self.clone(),
            store: MemoryStore::default(),
        })
    }
}

/// A limiter and a store at which things happen.
pub struct Port {
    db: DatabaseConnection,
    meanwhile: Meanwhile,
    store: MemoryStore,
}

impl Port {
    async fn happen(&self) {
        let sql = self.meanwhile.0.lock().expect("not poisoned").take();
        if let Some(sql) = sql {
            self.db.execute_unprepared(sql).await.expect("a statement");
        }
    }
}

#[async_trait]
impl RateLimiter for Port {
    async fn take(&self, charges: &[Charge]) -> Taken {
        NoLimits.take(charges).await
    }

    async fn forget(&self, _: &[String]) {
        self.happen().await;
    }
}

#[async_trait]
impl MediaStore for Port {
    async fn put(&self, name: &str, content: Vec<u8>, content_type: &str) -> Result<(), MediaStoreError> {
        self.happen().await;
        self.store.put(name, content, content_type).await
    }

    async fn get(&self, name: &str, range: Option<ByteRange>) -> Result<Option<StoredObject>, MediaStoreError> {
        self.store.get(name, range).await
    }

    async fn exists(&self, name: &str) -> Result<bool, MediaStoreError> {
        self.store.exists(name).await
    }

    async fn delete(&self, name: &str) -> Result<(), MediaStoreError> {
        self.store.delete(name).await
    }
}

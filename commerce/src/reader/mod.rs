//! The database for whoever reads: which one is asked, and how long its answers are waited for.
//!
//! A connection to PostgreSQL can fall silent: its machine is gone, or something between, and nothing says so. The system
//! believes in it for many minutes, and sqlx as long as the system does. So whoever waits for a statement gives it up after
//! a while, and the connection with it: that is an outage, and the next one asks on another.
//!
//! Where the database has replicas, what may be late ([`Reader::late`]) is read of one of them. [`Replicas`] knows as of when
//! each shows the shop ([`Following`]), by looks that whoever opened them takes; a statement that a replica does not answer is
//! asked of the primary.

mod answered;
mod lag;
mod late;
mod replica;
mod replicas;
#[cfg(test)]
mod tests;

use std::{ops::Deref, sync::Arc};

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, ExecResult, QueryResult, Statement};
use uuid::Uuid;

pub(crate) use self::answered::{READ_MAX, answered, silent};
pub use self::{
    answered::is_connection_doubted,
    lag::Following,
    late::{inherit, on_primary, seeing},
    replica::{Replica, ReplicaStatus},
    replicas::Replicas,
};

/// A handle to the database whose statements stand by themselves, and have an end.
#[derive(Debug, Clone)]
pub struct Reader {
    primary: DatabaseConnection,
    replicas: Option<Arc<Replicas>>,
}

impl Reader {
    /// The same database, with replicas that are asked what may be late.
    #[must_use]
    pub fn with_replicas(self, replicas: Option<Arc<Replicas>>) -> Self {
        Self { replicas, ..self }
    }

    /// The database's replicas, where it has any.
    pub fn replicas(&self) -> Option<&Arc<Replicas>> {
        self.replicas.as_ref()
    }

    /// What `work` reads by statements that stand by themselves may be late by as much as replicas may be, but shows what
    /// `who` asks has written. What it writes, reads in a transaction, or reads of tables that tell what holds at this moment
    /// is the primary's.
    pub async fn late<T>(&self, who: Option<Uuid>, work: impl Future<Output = T>) -> T {
        match &self.replicas {
            Some(replicas) => late::late(replicas, who, work).await,
            None => work.await,
        }
    }

    /// Closes its connections, and those of every clone of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<(), DbErr> {
        for replica in self.replicas.iter().flat_map(|replicas| replicas.all()) {
            replica.db().clone().close().await?;
        }
        self.primary.close().await
    }
}

impl From<DatabaseConnection> for Reader {
    fn from(primary: DatabaseConnection) -> Self {
        Self {
            primary,
            replicas: None,
        }
    }
}

impl Deref for Reader {
    type Target = DatabaseConnection;

    fn deref(&self) -> &DatabaseConnection {
        &self.primary
    }
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.primary.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        answered(self, READ_MAX, self.primary.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        answered(self, READ_MAX, self.primary.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        if let Some(chosen) = self.chosen(&statement) {
            let asked = chosen.replica.db().query_one_raw(statement.clone());
            match chosen.replica.answer(chosen.as_of, asked).await {
                Some(found) => return Ok(found),
                None => chosen.leave(),
            }
        }
        answered(self, READ_MAX, self.primary.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if let Some(chosen) = self.chosen(&statement) {
            let asked = chosen.replica.db().query_all_raw(statement.clone());
            match chosen.replica.answer(chosen.as_of, asked).await {
                Some(found) => return Ok(found),
                None => chosen.leave(),
            }
        }
        answered(self, READ_MAX, self.primary.query_all_raw(statement)).await
    }
}

impl Reader {
    /// The replica that is to be asked, where the statement may be read of one.
    fn chosen(&self, statement: &Statement) -> Option<late::Chosen> {
        // Most shops have none.
        self.replicas.as_ref()?;
        late::chosen(&statement.sql)
    }
}

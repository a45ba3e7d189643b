//! A primary that was demoted answers, and takes no writes. Its connections stay as they are: they have to be left for those
//! to whoever has become the primary.

use sea_orm::{DatabaseBackend, DbErr};

use crate::{Error, Shop};

impl Shop {
    /// After this error: closes the connections that nobody uses, if it says that the database takes no writes. Those that
    /// are in use are met by the next one who is told so. New ones are opened to wherever the address leads by then.
    pub(super) fn leave_demoted(&self, error: &DbErr) {
        let is_postgres = self.db.get_database_backend() == DatabaseBackend::Postgres;
        if !is_postgres || !Error::from(error.clone()).is_read_only() || !self.may_reconnect() {
            return;
        }
        let pool = self.db.get_postgres_connection_pool();
        let mut closed = 0;
        // Bounded, for others open new ones meanwhile.
        while closed < pool.size() {
            let Some(connection) = pool.try_acquire() else { break };
            drop(connection.detach());
            closed += 1;
        }
        tracing::warn!(
            closed,
            "the database takes no writes: its idle connections are closed, to find the primary"
        );
    }
}

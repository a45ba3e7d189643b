//! Connections to PostgreSQL that fall silent: a cable, a firewall or a machine that is gone and says nothing. sqlx waits
//! for them as long as the system does, which is many minutes, and offers no options of its sockets; so whoever takes a
//! connection, or gives one back in the middle of something, waits for an answer for a short time alone.

use std::{io, time::Duration};

use sea_orm::{
    ConnectOptions,
    sqlx::{self, Connection, PgConnection},
};
use vitrine_commerce::reader::is_connection_doubted;

/// For how long a connection is believed to be there that was used: asking it is a round trip, and sqlx asks once more when
/// it is given back.
pub(super) const TRUSTED: Duration = Duration::from_millis(100);

/// How long an answer is waited for to whether it is there.
const ANSWER_MAX: Duration = Duration::from_secs(2);

/// Has silent connections closed, and not waited for.
pub(super) fn bound(options: &mut ConnectOptions) {
    options.test_before_acquire(false);
    options.map_sqlx_postgres_before_acquire(|connection, so_far| {
        Box::pin(async move {
            if so_far.idle_for >= TRUSTED {
                answers(connection).await?;
            }
            Ok(true)
        })
    });
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                // Whoever had it went away in the middle of a transaction, which is to be rolled back, or gave up waiting:
                // sqlx would ask it, too, and wait for as long as the system does.
                if connection.should_flush() || is_connection_doubted() {
                    answers(connection).await?;
                }
                Ok(true)
            })
        })
    });
}

async fn answers(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let answered = tokio::time::timeout(ANSWER_MAX, connection.ping()).await;
    answered.unwrap_or_else(|_| {
        let why = "the connection to the database fell silent";
        Err(sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, why)))
    })
}

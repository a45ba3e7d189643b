//! That somebody was erased is known by a keyed hash of their mail address, as long as the shop is there: whoever comes with
//! the address, or a file that has it, is told of it, and nobody reads the address out of it.

use chrono::{DateTime, Utc};

use crate::{Result, Tx, signature, sql};

/// How many bytes of a mark stand for an address.
const BYTES: usize = 16;

/// Notes that whoever has the address is erased from now on.
pub(super) async fn remember(tx: &Tx, email: &str) -> Result<()> {
    let sql = "insert into erased_address (key, erased_at) values ($1, $2) \
               on conflict (key) do update set erased_at = excluded.erased_at";
    let key = key(&tx.shop().settings.signing_secret, email);
    sql::execute(tx.db(), sql, [key.into(), tx.shop().now().into()]).await?;
    Ok(())
}

/// When whoever has the address was erased last, also where the secret was replaced since.
pub(crate) async fn erased_at(tx: &Tx, email: &str) -> Result<Option<DateTime<Utc>>> {
    let secrets = tx.shop().settings.signing_secrets();
    let keys: Vec<String> = secrets.map(|secret| key(secret, email)).collect();
    let sql = format!(
        "select erased_at from erased_address where key {}",
        sql::among_parameter::<String>(tx.db(), 1)
    );
    let found: Vec<DateTime<Utc>> = sql::column(tx.db(), &sql, [sql::list(tx.db(), keys)]).await?;
    Ok(found.into_iter().max())
}

fn key(secret: &[u8], email: &str) -> String {
    let message = format!("erased:{}", email.trim().to_lowercase());
    signature::sign(secret, message.as_bytes(), BYTES)
}

//! Changes that must not be made side by side take turns: a tree that two people change at once could
//! become a circle, though each change by itself was right.

use crate::{Fault, Result, Tx, sql};

/// What is changed in turn.
#[derive(Debug, Clone, Copy)]
pub(super) enum Turn {
    Categories,
    ProductCounts,
    Redirects,
    Synonyms,
}

/// Waits until no other transaction has this turn, and keeps it until this one ends.
pub(super) async fn take(tx: &Tx, turn: Turn) -> Result<()> {
    let name = match turn {
        Turn::Categories => "categories",
        Turn::ProductCounts => "product_counts",
        Turn::Redirects => "redirects",
        Turn::Synonyms => "synonyms",
    };
    let sql = "update catalog_turn set taken = taken + 1 where name = $1";
    match sql::execute(tx.db(), sql, [name.into()]).await? {
        1 => Ok(()),
        _ => Err(Fault::Corrupt {
            table: "catalog_turn",
            column: "name",
            id: name.to_owned(),
        }
        .into()),
    }
}

//! Deletes rows and whatever belongs to them, as the database's own foreign keys say: a table that a later version
//! adds is found, too.

use std::{collections::BTreeSet, pin::Pin};

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use uuid::Uuid;

use crate::{Result, Tx, sql};

/// How many ids one statement names.
const BATCH: usize = 500;

/// What stands by itself: where it merely points at something that goes, it points at nothing from then on.
const INDEPENDENT: [&str; 9] = [
    "cart",
    "orders",
    "customer",
    "product",
    "category",
    "collection",
    "shipping_zone",
    "shipping_method",
    "variant",
];

/// What no removal takes along: whoever asks has looked for rows of these, and where one came at this very moment,
/// its foreign key refuses.
const UNTOUCHABLE: [&str; 4] = ["orders", "order_line", "reservation", "backorder"];

#[derive(Debug, FromQueryResult)]
struct Reference {
    table_name: String,
    column_name: String,
    nullable: bool,
}

/// Deletes the rows of `table` with these ids, and what belongs to them.
pub(super) async fn delete(tx: &Tx, table: &'static str, ids: impl IntoIterator<Item = Uuid>) -> Result<()> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    for batch in ids.chunks(BATCH) {
        delete_rows(tx, table.to_owned(), batch.to_vec(), BTreeSet::new()).await?;
    }
    Ok(())
}

type Deleting<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

fn delete_rows(tx: &Tx, table: String, ids: Vec<Uuid>, above: BTreeSet<String>) -> Deleting<'_> {
    Box::pin(async move {
        if ids.is_empty() {
            return Ok(());
        }
        let within: BTreeSet<String> = above.into_iter().chain([table.clone()]).collect();
        for reference in references_to(tx, &table).await? {
            let Reference {
                table_name,
                column_name,
                nullable,
            } = reference;
            if UNTOUCHABLE.contains(&table_name.as_str()) {
                continue;
            }
            let is_independent = INDEPENDENT.contains(&table_name.as_str()) || within.contains(&table_name);
            let condition = format!("{column_name} in ({})", parameters(ids.len()));
            if nullable && is_independent {
                let sql = format!("update {table_name} set {column_name} = null where {condition}");
                sql::execute(tx.db(), &sql, values(&ids)).await?;
            } else if references_to(tx, &table_name).await?.is_empty() {
                let sql = format!("delete from {table_name} where {condition}");
                sql::execute(tx.db(), &sql, values(&ids)).await?;
            } else {
                let sql = format!("select id from {table_name} where {condition}");
                let children: Vec<Uuid> = sql::column(tx.db(), &sql, values(&ids)).await?;
                for batch in children.chunks(BATCH) {
                    delete_rows(tx, table_name.clone(), batch.to_vec(), within.clone()).await?;
                }
            }
        }
        let sql = format!("delete from {table} where id in ({})", parameters(ids.len()));
        sql::execute(tx.db(), &sql, values(&ids)).await?;
        Ok(())
    })
}

async fn references_to(tx: &Tx, table: &str) -> Result<Vec<Reference>> {
    let sql = match tx.db().get_database_backend() {
        DbBackend::Postgres => {
            "select r.relname::text as table_name, a.attname::text as column_name, not a.attnotnull as nullable \
             from pg_constraint c join pg_class r on r.oid = c.conrelid \
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] \
             where c.contype = 'f' and c.confrelid = to_regclass($1) order by 1, 2"
        }
        _ => {
            "select m.name as table_name, f.\"from\" as column_name, \
             (select c.\"notnull\" = 0 from pragma_table_info(m.name) c where c.name = f.\"from\") as nullable \
             from sqlite_master m join pragma_foreign_key_list(m.name) f \
             where m.type = 'table' and f.\"table\" = $1 order by 1, 2"
        }
    };
    Ok(sql::all(tx.db(), sql, [table.into()]).await?)
}

fn parameters(count: usize) -> String {
    (1..=count)
        .map(|number| format!("${number}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn values(ids: &[Uuid]) -> Vec<Value> {
    ids.iter().map(|id| (*id).into()).collect()
}

//! The job `WriteExport`: the next piece of a table, into the store of objects.

use sea_orm::{EntityTrait, Value};
use uuid::Uuid;
use vitrine_entity::{
    data_export::{self, ExportStatus},
    ids::ExportId,
};

use super::table::Table;
use crate::{
    Context, Fault, Result, Shop,
    jobs::{Job, JobError},
    outbox::Lease,
    ports::event_bus::Topic,
    sql,
    staff::access,
    table::csv,
};

/// How large a piece becomes, and how many pages it has at the most: what a job holds in memory, and how long it
/// takes.
const PIECE_BYTES: usize = 4 * 1024 * 1024;
const PAGES_OF_PIECE: usize = 20;

/// The name of a piece in the store.
pub(super) fn object(key: Uuid, piece: i64) -> String {
    format!("exports/{}/{piece:06}.csv", key.simple())
}

/// Writes the next piece, and has another job write the one behind it.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ExportId) -> Result<(), JobError> {
    let found = data_export::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = found.filter(|row| row.status == ExportStatus::Running) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let viewer = access::on_behalf(shop, row.staff_member_id, row.app_id).await?;
    let table = serde_json::from_value::<Table>(row.layout.clone());
    let (Ok(table), true) = (table, viewer.is_some_and(|viewer| may_see(viewer, &row))) else {
        return Ok(end(
            shop,
            context,
            lease,
            &row,
            "Whoever asked for it may not see this any more.",
        )
        .await?);
    };
    let piece = Piece::write(shop, &table, &row).await?;
    // It is the same piece however often it is written: the row decides which is the next.
    let name = object(row.storage_key, row.pieces);
    let size = piece.bytes.len() as i64;
    let stored = shop.media.put(&name, piece.bytes, "text/csv").await;
    stored.map_err(Fault::from)?;
    let (row, cursor, is_last, things) = (&row, piece.cursor, piece.is_last, piece.things);
    let noted = shop.transact(context, |tx| async move {
        let status = if is_last { "DONE" } else { "RUNNING" };
        let sql = "update data_export set status = $3, pieces = pieces + 1, byte_size = byte_size + $4, cursor = $5, \
                   things_done = things_done + $6, updated_at = $7, finished_at = case when $3 = 'DONE' then $7 end \
                   where id = $1 and pieces = $2 and status = 'RUNNING'";
        let values: [Value; 7] = [
            row.id.into(),
            row.pieces.into(),
            status.into(),
            size.into(),
            cursor.into(),
            (things as i64).into(),
            tx.shop().now().into(),
        ];
        if sql::execute(tx.db(), sql, values).await? == 1 {
            tx.announce(Topic::Export(row.id));
            if !is_last {
                tx.enqueue(None, Job::WriteExport { export: row.id });
            }
        }
        lease.finish(&tx).await
    });
    Ok(noted.await?)
}

fn may_see(viewer: crate::Viewer, row: &data_export::Model) -> bool {
    viewer == crate::Viewer::System || viewer.permissions().has(Table::permission(row.kind))
}

/// Some pages of a table.
struct Piece {
    bytes: Vec<u8>,
    cursor: Option<Uuid>,
    things: u64,
    is_last: bool,
}

impl Piece {
    async fn write(shop: &Shop, table: &Table, row: &data_export::Model) -> Result<Self> {
        let mut piece = Self {
            bytes: Vec::new(),
            cursor: row.cursor,
            things: 0,
            is_last: false,
        };
        if row.pieces == 0 {
            piece.bytes = csv([table.header()])?;
        }
        for _ in 0..PAGES_OF_PIECE {
            let page = table.page(shop, row.currency, piece.cursor).await?;
            let Some(last) = page.last else {
                piece.is_last = true;
                break;
            };
            piece.cursor = Some(last);
            piece.things += page.things;
            piece.bytes.extend(csv(page.rows)?);
            if piece.bytes.len() >= PIECE_BYTES {
                break;
            }
        }
        Ok(piece)
    }
}

async fn end(shop: &Shop, context: &Context, lease: &Lease, row: &data_export::Model, why: &str) -> Result<()> {
    shop.transact(context, |tx| async move {
        let sql = "update data_export set status = 'FAILED', error = $2, updated_at = $3, finished_at = $3 \
                   where id = $1 and status = 'RUNNING'";
        sql::execute(tx.db(), sql, [row.id.into(), why.into(), shop.now().into()]).await?;
        tx.announce(Topic::Export(row.id));
        lease.finish(&tx).await
    })
    .await
}

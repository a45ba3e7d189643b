//! What a paid order gives of what it sold.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use vitrine_entity::{
    ids::{OrderDownloadId, OrderId},
    order, order_download, order_line, variant_file,
};

use super::load::IS_PAID;
use crate::{Result, Tx, sql};

/// Grants the files of what a locked order sold; what it gives already stays as it is. Gives whether everything
/// that it sold is there to be fetched.
pub(crate) async fn grant(tx: &Tx, order: OrderId) -> Result<bool> {
    let (lines, has_files) = sold(tx, order).await?;
    match has_files {
        true => grant_lines(tx, order, &lines).await,
        false => Ok(lines.is_empty()),
    }
}

/// What an order sold besides gift cards, which are issued, and whether there are files of any of it.
async fn sold(tx: &Tx, order: OrderId) -> Result<(Vec<order_line::Model>, bool)> {
    let sql = "select l.*, exists (select 1 from variant_file f where f.variant_id = l.variant_id \
        and f.deleted_at is null) as has_files from order_line l join variant v on v.id = l.variant_id \
        where l.order_id = $1 and not v.gift_card order by l.position";
    let (mut lines, mut has_files) = (Vec::new(), false);
    for row in sql::rows(tx.db(), sql, [order.into()]).await? {
        lines.push(order_line::Model::from_query_result(&row, "")?);
        has_files |= row.try_get::<bool>("", "has_files")?;
    }
    Ok((lines, has_files))
}

/// Gives whether each line has files.
pub(super) async fn grant_lines(tx: &Tx, order: OrderId, lines: &[order_line::Model]) -> Result<bool> {
    let files = variant_file::Entity::find()
        .filter(sql::among(
            tx.db(),
            variant_file::Column::VariantId,
            lines.iter().map(|line| line.variant_id),
        ))
        .filter(variant_file::Column::DeletedAt.is_null())
        .order_by_asc(variant_file::Column::Position)
        .order_by_asc(variant_file::Column::Id)
        .all(tx.db())
        .await?;
    let given: HashSet<_> = of(tx, order)
        .await?
        .iter()
        .map(|row| (row.order_line_id, row.file_id))
        .collect();
    let mut rows = Vec::new();
    for line in lines {
        let of_it = files.iter().filter(|file| file.variant_id == line.variant_id);
        let new = of_it.filter(|file| !given.contains(&(line.id, file.id)));
        rows.extend(new.map(|file| row(tx, order, line, file)));
    }
    if !rows.is_empty() {
        order_download::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
    }
    let has_file = |line: &order_line::Model| files.iter().any(|file| file.variant_id == line.variant_id);
    Ok(lines.iter().all(has_file))
}

/// What an order gives.
pub(super) async fn of(tx: &Tx, order: OrderId) -> Result<Vec<order_download::Model>> {
    Ok(order_download::Entity::find()
        .filter(order_download::Column::OrderId.eq(order))
        .order_by_asc(order_download::Column::Id)
        .all(tx.db())
        .await?)
}

fn row(tx: &Tx, order: OrderId, line: &order_line::Model, file: &variant_file::Model) -> order_download::ActiveModel {
    let now = tx.shop().now();
    order_download::ActiveModel {
        id: Set(OrderDownloadId(tx.shop().new_id())),
        order_id: Set(order),
        order_line_id: Set(line.id),
        file_id: Set(file.id),
        remaining: Set(fetches(file, line.quantity)),
        expires_at: Set(expiry(file, now)),
        fetched_at: Set(None),
        parts: Set(0),
        created_at: Set(now),
    }
}

/// How often a file may be fetched of which so many units were bought.
pub(super) fn fetches(file: &variant_file::Model, quantity: i32) -> Option<i32> {
    file.fetches_max.map(|most| most.saturating_mul(quantity.max(1)))
}

/// Until when a file may be fetched from now on.
pub(super) fn expiry(file: &variant_file::Model, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    file.days.map(|days| now + TimeDelta::days(days.into()))
}

/// Whether the links of an order open: it is paid, and not cancelled or paid back.
pub(crate) async fn is_open(tx: &Tx, order: OrderId) -> Result<bool> {
    let paid = order::Entity::find_by_id(order).filter(Expr::cust(IS_PAID));
    Ok(paid.count(tx.db()).await? > 0)
}

//! Writes an imported order once, however often its file comes.

use std::collections::HashSet;

use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use vitrine_entity::{
    ids::{CustomerId, ImportedOrderId},
    imported_order::{self, Column, ImportedDetails},
};

use crate::{Result, Tx, sql, text};

/// The most characters that it is found by.
const SEARCH_LENGTH_MAX: usize = 4_000;

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    Created,
    Updated,
    Unchanged,
    /// Its person was erased, or is going to be: it stays as it is.
    Erased,
    /// Its id is one order's here, and its number another's: neither changes.
    Ambiguous,
}

/// Writes an order as its file has it. What says where it stands here (`id`, `customer_id`, `search`, when it was imported and
/// erased) is not taken from `said`. With `is_erased` whoever has its address was erased here: an order that is not here yet
/// loses them as those did that were.
pub(crate) async fn put(tx: &Tx, said: &imported_order::Model, is_erased: bool) -> Result<Put> {
    let named = Condition::any()
        .add(Column::SourceId.eq(&said.source_id))
        .add(Column::NumberKey.eq(&said.number_key));
    let before = imported_order::Entity::find()
        .filter(Column::Source.eq(said.source))
        .filter(named)
        .limit(2)
        .all(tx.db())
        .await?;
    if before.len() > 1 {
        return Ok(Put::Ambiguous);
    }
    let now = tx.shop().now();
    let Some(before) = before.into_iter().next() else {
        let owner = owner(tx, said.email.as_deref()).await?;
        let row = imported_order::Model {
            id: ImportedOrderId(tx.shop().new_id()),
            customer_id: owner,
            search: search(said),
            imported_at: now,
            updated_at: now,
            // Whoever has an account anew has come back.
            erasure_asked_at: (is_erased && owner.is_none()).then_some(now),
            erased_at: None,
            ..said.clone()
        };
        row.into_active_model().insert(tx.db()).await?;
        return Ok(Put::Created);
    };
    if before.erasure_asked_at.is_some() || before.erased_at.is_some() {
        return Ok(Put::Erased);
    }
    let after = imported_order::Model {
        id: before.id,
        customer_id: match before.email == said.email {
            true => before.customer_id,
            false => owner(tx, said.email.as_deref()).await?,
        },
        search: search(said),
        imported_at: before.imported_at,
        updated_at: before.updated_at,
        erasure_asked_at: None,
        erased_at: None,
        ..said.clone()
    };
    if after == before {
        return Ok(Put::Unchanged);
    }
    let after = imported_order::Model {
        updated_at: now,
        ..after
    };
    after.into_active_model().reset_all().update(tx.db()).await?;
    Ok(Put::Updated)
}

/// Who has shown that the address is theirs.
async fn owner(tx: &Tx, email: Option<&str>) -> Result<Option<CustomerId>> {
    let Some(email) = email else { return Ok(None) };
    let sql = "select id from customer where email = $1 and address_proven";
    let found: Vec<CustomerId> = sql::column(tx.db(), sql, [email.into()]).await?;
    Ok(found.into_iter().next())
}

/// A number as it is looked for: in capitals, without what stands before it.
pub(crate) fn key(number: &str) -> String {
    let code = text::code(number).to_uppercase();
    code.trim_start_matches(['#', '№', ' ']).to_owned()
}

/// What an order is found by, in small letters.
pub(super) fn search(order: &imported_order::Model) -> String {
    let ImportedDetails {
        lines,
        shipping_address,
        billing_address,
        ..
    } = &order.details;
    let addresses = [shipping_address, billing_address].into_iter().flatten();
    let people = addresses.flat_map(|address| {
        let company = address.company.as_deref().unwrap_or_default();
        [
            address.name.as_str(),
            company,
            address.postal_code.as_str(),
            address.city.as_str(),
        ]
    });
    let goods = lines
        .iter()
        .flat_map(|line| [line.sku.as_deref().unwrap_or_default(), line.title.as_str()]);
    let own = [order.number_key.as_str(), order.email.as_deref().unwrap_or_default()];
    let mut seen = HashSet::new();
    let parts = own.into_iter().chain(people).chain(goods);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty() && seen.insert(*part)).collect();
    parts.join(" ").to_lowercase().chars().take(SEARCH_LENGTH_MAX).collect()
}

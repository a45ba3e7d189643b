//! The job `WritePersonExport`, and what becomes of its files.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;
use vitrine_entity::{
    customer_notice::CustomerNoticeKind,
    ids::PersonExportId,
    person_export::{self, PersonExportState},
};

use super::{super::person::Person, gather::gather};
use crate::{Context, Fault, Result, Shop, customers::notice, jobs::JobError, outbox::Lease, sql};

/// The name of a file in the store.
pub(super) fn object(key: Uuid) -> String {
    format!("personal-data/{}.json", key.simple())
}

/// Job: writes the file, and tells the customer who asked for it.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PersonExportId) -> Result<(), JobError> {
    let row = person_export::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| row.state == PersonExportState::Running) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let person = Person {
        customer: row.customer_id,
        email: row.email.clone(),
    };
    let told = gather(shop, &person).await?;
    let bytes = serde_json::to_vec_pretty(&told).map_err(|error| Fault::other("writing a person's data", error))?;
    let size = bytes.len() as i64;
    let stored = shop
        .media
        .put(&object(row.storage_key), bytes, "application/json")
        .await;
    stored.map_err(Fault::from)?;
    let row = &row;
    let noted = shop.transact(context, |tx| async move {
        let sql = "update person_export set state = 'DONE', byte_size = $2, finished_at = $3 \
                   where id = $1 and state = 'RUNNING'";
        let values = [id.into(), size.into(), shop.now().into()];
        let is_done = sql::execute(tx.db(), sql, values).await? == 1;
        // Staff who asked for it give it to them as they agreed.
        if let (true, Some(customer)) = (is_done, row.customer_id)
            && row.actor == customer.to_string()
        {
            notice::write(&tx, customer, CustomerNoticeKind::DataExported).await?;
        }
        lease.finish(&tx).await
    });
    noted.await?;
    // They were erased meanwhile: nobody would find the file any more.
    if person_export::Entity::find_by_id(id).one(&shop.db).await?.is_none() {
        shop.media.delete(&object(row.storage_key)).await.map_err(Fault::from)?;
    }
    Ok(())
}

/// Forgets a file whose time is over. Gives how many went.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let old = person_export::Entity::find()
        .filter(person_export::Column::CreatedAt.lt(shop.now() - shop.settings.retention.exports))
        .order_by_asc(person_export::Column::CreatedAt)
        .one(&shop.db)
        .await?;
    match old {
        Some(row) => remove(shop, &row).await,
        None => Ok(0),
    }
}

/// Removes every file of a person. There are a few at most: [`start`](super::start()) sees to it.
pub(in crate::privacy) async fn remove_of(shop: &Shop, person: &Person) -> Result<bool> {
    let theirs = Condition::any()
        .add(person_export::Column::CustomerId.eq(person.key()))
        .add(person_export::Column::Email.eq(&person.email));
    for row in person_export::Entity::find().filter(theirs).all(&shop.db).await? {
        remove(shop, &row).await?;
    }
    Ok(true)
}

/// The bytes first: a row without them is found again.
async fn remove(shop: &Shop, row: &person_export::Model) -> Result<u64> {
    let removed = shop.media.delete(&object(row.storage_key)).await;
    removed.map_err(Fault::from)?;
    let forget = || person_export::Entity::delete_by_id(row.id).exec(shop.writer());
    let forgotten = shop.alone(|| async { Ok(forget().await?) }).await?;
    Ok(forgotten.rows_affected)
}

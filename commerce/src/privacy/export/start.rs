//! Asks for the file, and finds it.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::PersonExportId,
    person_export::{self, PersonExportState},
};

use super::super::person::{Person, Whose};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    jobs::Job,
    language::messages,
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// The most files of one person within a day.
const FILES_MAX: usize = 5;
const FILES_WITHIN: TimeDelta = TimeDelta::days(1);

/// Begins the file of whoever is signed in, or for staff that of a customer or a guest.
///
/// # Errors
/// As `Person::find`; `TOO_MANY_ATTEMPTS`.
pub async fn start(shop: &Shop, context: &Context, whose: &Whose) -> Result<person_export::Model> {
    let person = &Person::find(shop, context, whose).await?;
    shop.transact(context, |tx| async move {
        let sql = "select id from person_export where email = $1 and created_at > $2 limit 5";
        let values = [person.email.as_str().into(), (shop.now() - FILES_WITHIN).into()];
        if sql::column::<PersonExportId>(tx.db(), sql, values).await?.len() >= FILES_MAX {
            let message = messages::export_files_of_today();
            return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
        }
        let row = person_export::Model {
            id: PersonExportId(shop.new_id()),
            customer_id: person.customer,
            email: person.email.clone(),
            state: PersonExportState::Running,
            storage_key: shop.ids.unguessable(),
            byte_size: 0,
            actor: context.viewer.actor(),
            created_at: shop.now(),
            finished_at: None,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        tx.enqueue(None, Job::WritePersonExport { export: row.id });
        let object = person.customer.map_or_else(|| row.id.to_string(), |id| id.to_string());
        audit(&tx, "customer.data_export", object, json!({ "export": row.id })).await?;
        Ok(row)
    })
    .await
}

/// A file, for whom it tells of and for staff with the permission `CUSTOMERS`.
pub async fn find(shop: &Shop, context: &Context, id: PersonExportId) -> Result<Option<person_export::Model>> {
    let row = person_export::Entity::find_by_id(id).one(&shop.db).await?;
    let is_mine =
        |row: &person_export::Model| row.customer_id.is_some() && row.customer_id == context.viewer.customer();
    Ok(row.filter(|row| is_mine(row) || permission::allowed(context, Permission::Customers)))
}

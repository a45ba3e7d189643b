//! What a provider's webhook tells of what it keeps. Nothing of it is believed: a job looks (`check`).

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::{provider_customer, saved_payment_method};

use crate::{Result, jobs::Job, ports::payment::SavedSubject};

/// The job that looks at it; `None` for what is not ours (an account may be used by others), or is gone here already.
pub(in crate::payments) async fn follow(
    db: &impl ConnectionTrait,
    provider: &str,
    subject: &SavedSubject,
) -> Result<Option<Job>> {
    Ok(match subject {
        SavedSubject::Method(reference) => {
            let row = method(db, provider, reference).await?;
            row.map(|row| Job::CheckPaymentMethod { method: row.id })
        }
        SavedSubject::Customer(reference) => {
            let row = provider_customer::Entity::find()
                .filter(provider_customer::Column::Provider.eq(provider))
                .filter(provider_customer::Column::Reference.eq(reference))
                .filter(provider_customer::Column::CustomerId.is_not_null())
                .one(db)
                .await?;
            row.map(|row| Job::CheckProviderCustomer { customer: row.id })
        }
    })
}

/// A card that nobody has removed, by the provider's own id of it.
pub(super) async fn method(
    db: &impl ConnectionTrait,
    provider: &str,
    reference: &str,
) -> Result<Option<saved_payment_method::Model>> {
    let row = saved_payment_method::Entity::find()
        .filter(saved_payment_method::Column::Provider.eq(provider))
        .filter(saved_payment_method::Column::Reference.eq(reference))
        .filter(saved_payment_method::Column::RemovedAt.is_null())
        .one(db)
        .await?;
    Ok(row)
}

//! How each payment provider is doing, for staff and for those who watch the machines.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    payment::{self, PaymentStatus},
    provider_circuit,
};

use super::circuit::{self, CircuitState};
use crate::{
    Context, Result, Shop,
    payments::attempts::state::UNDECIDED,
    ports::{PaymentProvider, payment::Settlement},
    staff::permission::{self, Permission},
};

/// A provider that this shop has, as it is doing now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderStatus {
    pub name: &'static str,
    pub title: String,
    /// Whether it is taken where the shopper chooses none.
    pub is_default: bool,
    /// Whether real money moves.
    pub live: bool,
    pub settlement: Settlement,
    pub circuit: CircuitState,
    /// In a row, since the last success.
    pub failures: i32,
    /// When it is called again at the earliest, where it is left alone.
    pub retry_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
    /// Attempts whose outcome is open, by where they stand; zeros included.
    pub unsettled: [(PaymentStatus, i64); 4],
}

/// Every provider of the shop. For staff.
///
/// # Errors
/// Refuses whoever may not see payments.
pub async fn providers(shop: &Shop, context: &Context) -> Result<Vec<ProviderStatus>> {
    permission::require(context, Permission::Payments)?;
    statuses(shop).await
}

/// As [`providers`], for those who watch: nothing in it is a person's.
pub(crate) async fn statuses(shop: &Shop) -> Result<Vec<ProviderStatus>> {
    let circuits = provider_circuit::Entity::find().all(&shop.db).await?;
    let mut circuits: HashMap<_, _> = circuits.into_iter().map(|row| (row.provider.clone(), row)).collect();
    let unsettled = unsettled(shop).await?;
    let count = |name, status| {
        let of = unsettled.iter().filter(|row| (row.0.as_str(), row.1) == (name, status));
        (status, of.map(|row| row.2).sum())
    };
    let status = |provider: &Arc<dyn PaymentProvider>| {
        let name = provider.name();
        let row = circuits.remove(name);
        ProviderStatus {
            name,
            title: provider.offer().title,
            is_default: name == shop.settings.payment_provider,
            live: provider.is_live(),
            settlement: provider.settlement(),
            circuit: row
                .as_ref()
                .map_or(CircuitState::Closed, |row| circuit::state(row, shop.now())),
            failures: row.as_ref().map_or(0, |row| row.failures),
            retry_at: row.as_ref().and_then(|row| retry_at(row, shop.now())),
            last_error: row.and_then(|row| row.last_error),
            unsettled: UNDECIDED.map(|status| count(name, status)),
        }
    };
    Ok(shop.payment_providers.values().map(status).collect())
}

fn retry_at(row: &provider_circuit::Model, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let opened_until = row
        .opened_until
        .filter(|_| circuit::state(row, now) == CircuitState::Open);
    opened_until.max(row.paused_until.filter(|until| *until > now))
}

/// Attempts whose outcome is open, by provider and state: few, and found by an index that holds only
/// them.
async fn unsettled(shop: &Shop) -> Result<Vec<(String, PaymentStatus, i64)>> {
    let counts = payment::Entity::find()
        .select_only()
        .columns([payment::Column::Provider, payment::Column::Status])
        .column_as(payment::Column::Id.count(), "attempts")
        .filter(payment::Column::Status.is_in(UNDECIDED))
        .group_by(payment::Column::Provider)
        .group_by(payment::Column::Status);
    Ok(counts.into_tuple().all(&shop.db).await?)
}

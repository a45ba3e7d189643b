//! Staff change a location.

use serde_json::json;
use vitrine_entity::{ids::LocationId, location};

use super::{
    check,
    row::{locked_live, refuse_last, write},
};
use crate::{
    Context, Result, Shop, Tx,
    address::{self, AddressInput},
    jobs::Job,
    sql,
    staff::{Permission, audit, permission},
};

/// A change of a location; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationUpdate {
    pub location: LocationId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub name: Option<String>,
    /// `Some(None)` takes it away; the texts likewise.
    pub address: Option<Option<AddressInput>>,
    pub active: Option<bool>,
    pub pickup: Option<bool>,
    pub pickup_instructions: Option<Option<String>>,
    pub opening_hours: Option<Option<String>>,
}

impl LocationUpdate {
    /// A change that changes nothing yet.
    pub fn of(location: LocationId) -> Self {
        Self {
            location,
            expected_version: None,
            name: None,
            address: None,
            active: None,
            pickup: None,
            pickup_instructions: None,
            opening_hours: None,
        }
    }
}

/// Changes a location.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, a name that another location has, a version that is no
/// longer the location's, and to switch off the last one.
pub async fn update(shop: &Shop, context: &Context, input: LocationUpdate) -> Result<location::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let input = &input;
    shop.transact(context, |tx| async move { update_in(&tx, input).await })
        .await
}

/// As [`update`], within a transaction of the caller's.
pub async fn update_in(tx: &Tx, input: &LocationUpdate) -> Result<location::Model> {
    permission::require_or_system(tx.context(), Permission::Settings)?;
    let before = locked_live(tx, input.location, input.expected_version).await?;
    let after = changed(&before, input)?;
    if after == before {
        return Ok(before);
    }
    if before.active && !after.active {
        refuse_last(tx, &before, "active").await?;
    }
    let data = json!({ "fields": differences(&before, &after) });
    let after = write(tx, after).await?;
    if before.active != after.active {
        follow(tx, after.id).await?;
    }
    audit(tx, "location.update", after.id.to_string(), data).await?;
    Ok(after)
}

/// What lies there can be had from now on, or no more.
async fn follow(tx: &Tx, location: LocationId) -> Result<()> {
    tx.enqueue(None, Job::IndexLocation { location, after: None });
    let sql = "select p.variant_id from stock_policy p join stock s on s.variant_id = p.variant_id \
        where s.location_id = $1 and s.on_hand > s.reserved and p.promised > 0 order by p.variant_id limit 1000";
    for variant in sql::column(tx.db(), sql, [location.into()]).await? {
        tx.enqueue(None, Job::FillBackorders { variant });
    }
    Ok(())
}

fn changed(before: &location::Model, input: &LocationUpdate) -> Result<location::Model> {
    let mut after = before.clone();
    if let Some(name) = &input.name {
        after.name = check::name(name)?;
    }
    if let Some(address) = &input.address {
        let address = address.as_ref();
        after.address = address
            .map(|address| address::checked(address, "address"))
            .transpose()?;
    }
    if let Some(instructions) = &input.pickup_instructions {
        after.pickup_instructions = check::pickup_instructions(instructions.as_deref())?;
    }
    if let Some(hours) = &input.opening_hours {
        after.opening_hours = check::opening_hours(hours.as_deref())?;
    }
    after.active = input.active.unwrap_or(before.active);
    after.pickup = input.pickup.unwrap_or(before.pickup);
    Ok(after)
}

/// The fields that differ, for the audit log.
fn differences(before: &location::Model, after: &location::Model) -> Vec<&'static str> {
    let compared = [
        ("name", before.name != after.name),
        ("address", before.address != after.address),
        ("active", before.active != after.active),
        ("pickup", before.pickup != after.pickup),
        (
            "pickupInstructions",
            before.pickup_instructions != after.pickup_instructions,
        ),
        ("openingHours", before.opening_hours != after.opening_hours),
    ];
    compared
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(field, _)| field)
        .collect()
}

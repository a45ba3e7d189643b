//! A customer whom another shop system had. They have no password: they choose one by the link of `forgotten password`, which
//! shows that the address is theirs, too. Nobody is written to.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::{
    address::Address,
    customer, customer_address,
    customer_consent::{self, ConsentSource, MarketingChannel},
    ids::{CustomerAddressId, CustomerConsentId, CustomerId},
    imported_order::ImportSource,
};

use super::{password, store};
use crate::{
    Result, Tx,
    events::{self, EventKind},
};

/// What is known of them, in its normal form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewCustomer<'a> {
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
    pub(crate) address: Option<&'a Address>,
    pub(crate) tax_exempt: bool,
    /// When they agreed there to be written to, if they did.
    pub(crate) agreed_at: Option<DateTime<Utc>>,
    pub(crate) from: ImportSource,
}

/// Opens their account; nobody has the address yet.
pub(crate) async fn take_over(tx: &Tx, new: NewCustomer<'_>) -> Result<CustomerId> {
    let (shop, now) = (tx.shop(), tx.shop().now());
    let row = customer::Model {
        id: CustomerId(shop.new_id()),
        email: new.email.to_owned(),
        name: new.name.to_owned(),
        password_hash: password::NOBODY.to_owned(),
        has_password: false,
        address_proven: false,
        created_at: now,
        tax_exempt: new.tax_exempt,
        tax_exempt_reason: new.tax_exempt.then(|| new.from.name().to_owned()),
        version: 1,
        disabled_at: None,
        last_seen_at: None,
        inactivity_told_at: None,
        language: None,
    };
    let row = row.into_active_model().insert(tx.db()).await?;
    events::customer(tx, EventKind::CustomerCreated, row.id, Some(row.version));
    if let Some(address) = new.address {
        put_address(tx, row.id, None, address).await?;
    }
    if let Some(agreed_at) = new.agreed_at {
        let consent = customer_consent::Model {
            id: CustomerConsentId(shop.new_id()),
            customer_id: row.id,
            channel: MarketingChannel::Email,
            granted: true,
            wording: new.from.name().to_owned(),
            source: ConsentSource::Account,
            email: row.email.clone(),
            created_at: agreed_at,
            imported_from: Some(new.from.name().to_owned()),
        };
        consent.into_active_model().insert(tx.db()).await?;
    }
    Ok(row.id)
}

/// Gives a locked customer the name that a file says by now.
pub(crate) async fn rename(tx: &Tx, row: customer::Model, name: &str) -> Result<customer::Model> {
    let name = name.to_owned();
    store::write(tx, customer::Model { name, ..row }).await
}

/// Puts an address in the place of the one `before`, or in the book of a locked customer who has none.
pub(crate) async fn put_address(
    tx: &Tx,
    customer: CustomerId,
    before: Option<customer_address::Model>,
    address: &Address,
) -> Result<()> {
    let (shop, now) = (tx.shop(), tx.shop().now());
    if let Some(before) = before {
        let row = customer_address::Model {
            address: address.clone(),
            version: before.version + 1,
            updated_at: now,
            ..before
        };
        row.into_active_model().reset_all().update(tx.db()).await?;
        return Ok(());
    }
    let row = customer_address::Model {
        id: CustomerAddressId(shop.new_id()),
        customer_id: customer,
        address: address.clone(),
        default_shipping: true,
        default_billing: true,
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    row.into_active_model().insert(tx.db()).await?;
    Ok(())
}

//! Opens a merchant's own shop in an empty database: all of it, or nothing.

use sea_orm::{ConnectionTrait, EntityTrait, SelectExt};
use vitrine_entity::{order, product, shipping_zone, staff_member, tax_rate};

use super::{ShippingPrices, region, vat, words};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    address::AddressInput,
    delivery::{shipping, tax},
    language::messages,
    locations::{self, LocationCreate},
    money::Currency,
    profile::ShopKind,
    settings::{self, ShopUpdate, countries},
    staff::{self, NewStaff, NewStaffChecked},
};

/// The shop as its merchant wants it.
#[derive(Clone)]
pub struct Opening {
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub currency: Currency,
    /// BCP 47; the first is the default.
    pub languages: Vec<String>,
    pub prices: ShippingPrices,
    /// Where it is, and where goods lie and are picked up; without it nothing is.
    pub address: Option<AddressInput>,
    pub administrator: NewStaff,
}

/// Where nobody would look for tax in a price.
const WITHOUT_TAX: [&str; 2] = ["US", "CA"];

/// Refuses what [`open`] would, as far as it can be told without a database.
///
/// # Errors
/// Each field that is wrong.
pub fn check(opening: &Opening) -> Result<()> {
    settings::check(&settings_of(opening))?;
    staff::check(&opening.administrator)?;
    Ok(())
}

/// Whether there is a shop already, and what tells.
pub async fn is_open(shop: &Shop) -> Result<Option<&'static str>> {
    found(&shop.db, shop.profile().kind).await
}

/// Opens the shop: its settings, a location, zones with methods, tax rates, and who works there first.
///
/// # Errors
/// Refuses what is wrong, and where there is a shop already.
pub async fn open(shop: &Shop, context: &Context, opening: &Opening) -> Result<()> {
    check(opening)?;
    let administrator = &staff::prepare(shop, context, opening.administrator.clone()).await?;
    // What is priced from here on is priced in the new currency.
    let context = Context {
        currency: opening.currency,
        ..context.clone()
    };
    shop.transact(&context, |tx| async move { write(&tx, opening, administrator).await })
        .await
}

async fn write(tx: &Tx, opening: &Opening, administrator: &NewStaffChecked) -> Result<()> {
    if let Some(found) = found(tx.db(), tx.shop().profile().kind).await? {
        return Err(Refusal::new(ErrorCode::Taken, messages::shop_there_already(found)).into());
    }
    settings::update_in(tx, &settings_of(opening)).await?;
    settings::set_kind(tx, ShopKind::Own).await?;
    let words = words::of(opening.languages.first().map_or("", String::as_str));
    let location = LocationCreate {
        name: words.warehouse.to_owned(),
        address: opening.address.clone(),
        active: true,
        pickup: opening.address.is_some(),
        pickup_instructions: None,
        opening_hours: None,
    };
    let location = match locations::all(tx.db()).await?.into_iter().next() {
        Some(location) => location,
        None => locations::create_in(tx, &location).await?,
    };
    let country = opening.country.trim().to_ascii_uppercase();
    let pickup = location.address.as_ref().map(|_| location.id);
    shipping::init(tx, &region::zones(&country, &opening.prices, pickup, &words)).await?;
    tax::init(tx, &vat::first_rates(&country)).await?;
    staff::create_in(tx, administrator).await?;
    Ok(())
}

fn settings_of(opening: &Opening) -> ShopUpdate {
    let country = opening.country.trim().to_ascii_uppercase();
    let proposal = countries::proposal(&country);
    ShopUpdate {
        name: Some(opening.name.clone()),
        currency: Some(opening.currency.code().to_owned()),
        languages: Some(opening.languages.clone()),
        prices_include_tax: Some(!WITHOUT_TAX.contains(&country.as_str())),
        time_zone: proposal.map(|proposal| proposal.time_zone.name().to_owned()),
        country: Some(country),
        address: opening.address.clone().map(Some),
        ..ShopUpdate::default()
    }
}

async fn found(db: &impl ConnectionTrait, kind: ShopKind) -> Result<Option<&'static str>> {
    Ok(if kind == ShopKind::Own {
        Some("it was opened before")
    } else if product::Entity::find().exists(db).await? {
        Some("it has goods")
    } else if order::Entity::find().exists(db).await? {
        Some("it has orders")
    } else if shipping_zone::Entity::find().exists(db).await? || tax_rate::Entity::find().exists(db).await? {
        Some("it has shipping zones or tax rates")
    } else if staff_member::Entity::find().exists(db).await? {
        Some("somebody works in it")
    } else {
        None
    })
}

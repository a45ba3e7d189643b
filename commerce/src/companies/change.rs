//! Staff note companies, change what they know of them, and take them away.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{company, ids::CompanyId, tax_record::TaxId};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    address::{AddressInput, checked},
    delivery::tax::tax_id,
    error::expect_version,
    language::messages,
    money::Money,
    settings,
    staff::{
        Permission,
        permission::require_or_system,
        removal::{self, Removable},
    },
    text,
};

const NAME_LENGTH_MAX: usize = 200;
const NUMBER_LENGTH_MAX: usize = 60;
const NOTE_LENGTH_MAX: usize = 2_000;

/// A year.
const TERMS_DAYS_MAX: i32 = 365;

/// Where nobody says by when it is to be paid.
const TERMS_DAYS_USUAL: i32 = 30;

/// The greatest limit, in minor units.
const LIMIT_MAX: i64 = 1_000_000_000_000;

/// A company to be noted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompanyDraft {
    pub name: String,
    pub vat_number: Option<String>,
    pub registration_number: Option<String>,
    pub billing_address: Option<AddressInput>,
    pub email: Option<String>,
    pub note: Option<String>,
    pub payment_terms_days: Option<i32>,
    /// As a decimal, in the shop's own currency; without one it does not buy on account.
    pub credit_limit: Option<String>,
}

/// A change of a company; what is `None` stays as it is, and `Some(None)` takes it away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompanyChange {
    pub name: Option<String>,
    pub vat_number: Option<Option<String>>,
    pub registration_number: Option<Option<String>>,
    pub billing_address: Option<Option<AddressInput>>,
    pub email: Option<Option<String>>,
    pub note: Option<Option<String>>,
    pub payment_terms_days: Option<i32>,
    pub credit_limit: Option<Option<String>>,
}

/// Notes a company.
///
/// # Errors
/// Refuses whoever may not, and fields that are wrong.
pub async fn create(shop: &Shop, context: &Context, draft: CompanyDraft) -> Result<company::Model> {
    let change = CompanyChange {
        name: Some(draft.name),
        vat_number: Some(draft.vat_number),
        registration_number: Some(draft.registration_number),
        billing_address: Some(draft.billing_address),
        email: Some(draft.email),
        note: Some(draft.note),
        payment_terms_days: draft.payment_terms_days,
        credit_limit: Some(draft.credit_limit),
    };
    require_or_system(context, Permission::Customers)?;
    let tax_id = &asked(shop, &change).await?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let now = tx.shop().now();
        let empty = company::Model {
            id: CompanyId(tx.shop().new_id()),
            name: String::new(),
            tax_id: None,
            registration_number: None,
            billing_address: None,
            email: None,
            note: None,
            payment_terms_days: TERMS_DAYS_USUAL,
            credit_limit_minor: None,
            open_minor: 0,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let row = changed(&tx, empty, change, tax_id)?;
        let row = row.into_active_model().insert(tx.db()).await?;
        removal::note(&tx, &row, "create").await?;
        Ok(row)
    })
    .await
}

/// Changes what is known of a company. Orders keep what they were placed with.
///
/// # Errors
/// As [`create`], and refuses a version that is no longer the company's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: CompanyId,
    expected_version: Option<i64>,
    change: CompanyChange,
) -> Result<company::Model> {
    require_or_system(context, Permission::Customers)?;
    let tax_id = &asked(shop, &change).await?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let before = removal::live::<company::Entity>(&tx, id).await?;
        expect_version("company", before.version, expected_version)?;
        let after = changed(&tx, before.clone(), change, tax_id)?;
        match after == before {
            true => Ok(before),
            false => removal::write::<company::Entity>(&tx, after, "update").await,
        }
    })
    .await
}

/// Takes a company away: nobody buys for it any more. What it owes is still owed. One that is gone stays so.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the company's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: CompanyId,
    expected_version: Option<i64>,
) -> Result<company::Model> {
    removal::delete::<company::Entity>(shop, context, Permission::Customers, id, expected_version).await
}

/// Brings a company back, with those who buy for it. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not.
pub async fn restore(shop: &Shop, context: &Context, id: CompanyId) -> Result<company::Model> {
    removal::restore::<company::Entity>(shop, context, Permission::Customers, id).await
}

impl Removable for company::Model {
    const CALLED: &'static str = "company";
    const NOUN: &'static str = "company";

    removal::life!();

    fn told(&self) -> (String, serde_json::Value) {
        let data = json!({
            "name": self.name,
            "paymentTermsDays": self.payment_terms_days,
            "creditLimitMinor": self.credit_limit_minor,
        });
        (self.id.to_string(), data)
    }

    async fn followed(&self, tx: &Tx) -> Result<()> {
        settings::note_trade(tx).await
    }
}

/// What a register says of a number that is given; before the transaction, for somebody else is asked.
async fn asked(shop: &Shop, change: &CompanyChange) -> Result<Option<TaxId>> {
    let given = change.vat_number.as_ref().and_then(Option::as_deref).map(text::normal);
    match given.filter(|number| !number.is_empty()) {
        Some(number) => Ok(Some(tax_id::check(shop, &number, "vatNumber").await?)),
        None => Ok(None),
    }
}

fn changed(tx: &Tx, mut row: company::Model, change: &CompanyChange, tax_id: &Option<TaxId>) -> Result<company::Model> {
    if let Some(name) = &change.name {
        row.name = text::line(&["name"], name, NAME_LENGTH_MAX)?;
    }
    if change.vat_number.is_some()
        && row.tax_id.as_ref().map(|own| &own.number) != tax_id.as_ref().map(|own| &own.number)
    {
        row.tax_id.clone_from(tax_id);
    }
    if let Some(number) = &change.registration_number {
        row.registration_number = text::optional_line(&["registrationNumber"], number.as_deref(), NUMBER_LENGTH_MAX)?;
    }
    if let Some(address) = &change.billing_address {
        let address = address.as_ref().map(|address| checked(address, "billingAddress"));
        row.billing_address = address.transpose()?;
    }
    if let Some(email) = &change.email {
        let email = email.as_deref().filter(|email| !email.trim().is_empty());
        row.email = email.map(|email| text::email(&["email"], email)).transpose()?;
    }
    if let Some(note) = &change.note {
        row.note = text::optional_paragraph(&["note"], note.as_deref(), NOTE_LENGTH_MAX)?;
    }
    if let Some(days) = change.payment_terms_days {
        row.payment_terms_days = terms(days)?;
    }
    if let Some(limit) = &change.credit_limit {
        let limit = limit.as_deref().filter(|limit| !limit.trim().is_empty());
        row.credit_limit_minor = limit.map(|limit| credit_limit(tx, limit)).transpose()?;
    }
    Ok(row)
}

fn terms(days: i32) -> Result<i32, Refusal> {
    match (0..=TERMS_DAYS_MAX).contains(&days) {
        true => Ok(days),
        false => {
            let message = messages::payment_terms_range(TERMS_DAYS_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["paymentTermsDays"]))
        }
    }
}

fn credit_limit(tx: &Tx, limit: &str) -> Result<i64, Refusal> {
    let currency = tx.shop().profile().currency;
    let money = Money::parse(limit.trim(), currency).map_err(|error| Refusal::from(error).at(&["creditLimit"]))?;
    match (0..=LIMIT_MAX).contains(&money.minor) {
        true => Ok(money.minor),
        false => {
            let message = messages::credit_limit_range(Money::new(LIMIT_MAX, currency));
            Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&["creditLimit"]))
        }
    }
}

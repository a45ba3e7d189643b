//! Staff change what the shop is.

use serde_json::json;

use super::{change::ShopUpdate, check as fields, in_use, store};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::messages,
    money::Currency,
    ports::event_bus::Topic,
    profile::{Profile, ShopKind},
    staff::{Permission, audit, permission},
    words::analysis::Analysis,
};

/// Changes what the shop is. This process knows it at once, others soon.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, a version that is no longer the settings', and another
/// currency where something has a price.
pub async fn update(shop: &Shop, context: &Context, input: ShopUpdate) -> Result<Profile> {
    permission::require_or_system(context, Permission::Settings)?;
    let input = &input;
    shop.transact(context, |tx| async move { update_in(&tx, input).await })
        .await
}

/// As [`update`], within a transaction of the caller's.
pub async fn update_in(tx: &Tx, input: &ShopUpdate) -> Result<Profile> {
    permission::require_or_system(tx.context(), Permission::Settings)?;
    let before = store::lock(tx).await?;
    if input
        .expected_version
        .is_some_and(|expected| expected != before.version)
    {
        let message = messages::settings_outdated(before.version);
        return Err(Refusal::new(ErrorCode::VersionConflict, message)
            .at(&["expectedVersion"])
            .into());
    }
    let after = fields::changed(&before, input)?;
    if after.currency != before.currency
        && let Some(reason) = in_use::by_whom(tx.db(), before.currency).await?
    {
        let message = format!(
            "The shop cannot sell in {} instead of {}: {reason}.",
            after.currency, before.currency
        );
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"]).into());
    }
    if after.currency != before.currency && !before.price_lists.is_empty() {
        let message = messages::rates_of_own_currency(before.currency);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"]).into());
    }
    if after == before {
        return Ok(before);
    }
    let data = json!({ "fields": differences(&before, &after) });
    let analyses = |profile: &Profile| Analysis::of_shop(profile.languages.iter().map(AsRef::as_ref));
    if analyses(&after) != analyses(&before) {
        // What products are found by in a language stands in their documents.
        tx.enqueue(None, Job::PriceProducts { after: None });
        tx.enqueue(None, Job::PushSynonyms {});
    }
    let after = write(tx, after).await?;
    audit(tx, "shop.update", "shop".to_owned(), data).await?;
    Ok(after)
}

/// What the shop is, as this transaction sees it, and nobody changes meanwhile.
pub async fn current(tx: &Tx) -> Result<Profile> {
    store::lock(tx).await
}

/// Refuses a change that is wrong whatever the shop is.
///
/// # Errors
/// The field that is wrong.
pub fn check(input: &ShopUpdate) -> Result<()> {
    let any = Profile::new("", "DE", Currency::EUR, "en");
    fields::changed(&any, input).map(drop)
}

/// Says whose goods these are.
pub async fn set_kind(tx: &Tx, kind: ShopKind) -> Result<()> {
    let before = store::lock(tx).await?;
    if before.kind != kind {
        write(tx, Profile { kind, ..before }).await?;
    }
    Ok(())
}

/// To be called where there may be catalogs, companies or quantity prices that there were not, or no more: every process
/// knows it soon.
pub async fn note_trade(tx: &Tx) -> Result<()> {
    let profile = store::lock(tx).await?;
    if profile.trade != tx.shop().profile().trade {
        write(tx, profile).await?;
    }
    Ok(())
}

/// To be called where there may be synonyms of one language alone that there were not, or no more: every process knows it soon.
pub async fn note_synonyms(tx: &Tx) -> Result<()> {
    let profile = store::lock(tx).await?;
    if profile.has_language_synonyms != tx.shop().profile().has_language_synonyms {
        write(tx, profile).await?;
    }
    Ok(())
}

/// To be called where there may be endpoints of webhooks that there were not, or no more: every process knows it soon.
pub async fn note_webhooks(tx: &Tx) -> Result<()> {
    let profile = store::lock(tx).await?;
    if profile.has_webhooks != tx.shop().profile().has_webhooks {
        write(tx, profile).await?;
    }
    Ok(())
}

/// To be called where the settings of documents have changed: every process knows it soon.
pub async fn note_documents(tx: &Tx) -> Result<()> {
    let profile = store::lock(tx).await?;
    if profile.documents != tx.shop().profile().documents {
        write(tx, profile).await?;
    }
    Ok(())
}

/// Writes it at its next version; every process knows it soon.
pub(super) async fn write(tx: &Tx, mut profile: Profile) -> Result<Profile> {
    profile.version += 1;
    store::write(tx, &profile).await?;
    tx.learn(profile.clone());
    tx.announce(Topic::Settings);
    Ok(profile)
}

/// The fields that differ, for the audit log.
fn differences(before: &Profile, after: &Profile) -> Vec<&'static str> {
    let compared = [
        ("name", before.name != after.name),
        ("countryCode", before.country != after.country),
        ("currencyCode", before.currency != after.currency),
        ("locales", before.languages != after.languages),
        (
            "pricesIncludeTax",
            before.prices_include_tax != after.prices_include_tax,
        ),
        ("timeZone", before.time_zone != after.time_zone),
        ("workingDays", before.working_days != after.working_days),
        ("closedOn", before.closed_on != after.closed_on),
        ("shippingTax", before.shipping_tax != after.shipping_tax),
        ("taxAbroad", before.tax_abroad != after.tax_abroad),
        ("contactEmail", before.contact_email != after.contact_email),
        ("address", before.address != after.address),
        ("vatNumber", before.vat_number != after.vat_number),
        ("giftCardMonths", before.gift_card_months != after.gift_card_months),
        (
            "creditReminderDays",
            before.credit_reminder_days != after.credit_reminder_days,
        ),
        (
            "creditRefundedFirst",
            before.credit_refunded_first != after.credit_refunded_first,
        ),
    ];
    compared
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(field, _)| field)
        .collect()
}

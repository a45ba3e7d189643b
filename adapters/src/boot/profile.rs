//! What the shop is: the database's word, and where that is new, the configuration's.

use anyhow::{Context, bail};
use sea_orm::DatabaseConnection;
use vitrine_commerce::{
    Error,
    money::Currency,
    ports::Clock,
    profile::Profile,
    settings::{self, countries},
};

use crate::config::{self, Config};

/// # Errors
/// When the configuration names another currency than the shop sells in: it would look empty.
pub(super) async fn open(config: &Config, db: &DatabaseConnection, clock: &dyn Clock) -> anyhow::Result<Profile> {
    let first = first(&config.shop)?;
    let profile = match settings::open(db, clock.now(), &first).await {
        Err(Error::Refused(refusals)) => {
            let what = refusals
                .into_iter()
                .map(|refusal| refusal.message.to_string())
                .collect::<Vec<_>>();
            bail!(
                "`shop.currency` is {}. {} Set it to that currency, or begin another shop with another `database.url`",
                first.currency,
                what.join(" ")
            )
        }
        opened => opened.context("reading the shop's settings")?,
    };
    check_currency(&config.shop, &profile)?;
    for warning in differences(&config.shop, &profile) {
        tracing::warn!("{warning}");
    }
    Ok(profile)
}

/// A new shop's.
fn first(shop: &config::Shop) -> anyhow::Result<Profile> {
    let currency = match &shop.currency {
        Some(code) => code.parse().context("reading `shop.currency`")?,
        None => Currency::EUR,
    };
    let (name, country) = (shop.name.as_deref(), shop.country.as_deref().unwrap_or("DE"));
    let profile = Profile::new(
        name.unwrap_or("Vitrine"),
        country,
        currency,
        shop.locale.as_deref().unwrap_or("en"),
    );
    Ok(Profile {
        prices_include_tax: shop.prices_include_tax.unwrap_or(true),
        time_zone: countries::proposal(country).map_or(profile.time_zone, |proposal| proposal.time_zone),
        ..profile
    })
}

fn check_currency(shop: &config::Shop, profile: &Profile) -> anyhow::Result<()> {
    match &shop.currency {
        Some(code) if code != profile.currency.code() => bail!(
            "`shop.currency` is {code}, but this shop sells in {}: remove the key from the configuration, or begin \
             another shop with another `database.url`",
            profile.currency
        ),
        _ => Ok(()),
    }
}

/// What the configuration says and the shop is not: the database is right.
fn differences(shop: &config::Shop, profile: &Profile) -> Vec<String> {
    let include_tax = shop.prices_include_tax.map(|include| include.to_string());
    let compared = [
        ("shop.name", shop.name.clone(), profile.name.clone()),
        ("shop.country", shop.country.clone(), profile.country.to_string()),
        ("shop.locale", shop.locale.clone(), profile.language().to_string()),
        (
            "shop.prices_include_tax",
            include_tax,
            profile.prices_include_tax.to_string(),
        ),
    ];
    let differs = compared.into_iter().filter_map(|(key, configured, actual)| {
        let configured = configured.filter(|configured| *configured != actual)?;
        Some(format!(
            "`{key}` is {configured}, but the shop's settings say {actual}, which holds: remove the key, or change the \
             settings by `shopUpdate`"
        ))
    });
    differs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_shop_is_what_the_configuration_says() {
        let config = Config::from_toml("[shop]\nname = 'Ada'\ncountry = 'US'\ncurrency = 'USD'").expect("it is valid");
        let profile = first(&config.shop).expect("a profile");
        assert_eq!((&*profile.name, profile.time_zone.name()), ("Ada", "America/New_York"));
        assert_eq!(differences(&config.shop, &profile), Vec::<String>::new());
        assert!(check_currency(&config.shop, &profile).is_ok());
    }

    #[test]
    fn what_differs_is_told_and_another_currency_refused() {
        let config = Config::from_toml("[shop]\nname = 'Ada'\nprices_include_tax = false").expect("it is valid");
        let profile = Profile::new("Eve", "DE", Currency::EUR, "en");
        let told = differences(&config.shop, &profile);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("`shop.name` is Ada, but the shop's settings say Eve"));
        let config = Config::from_toml("[shop]\ncurrency = 'USD'").expect("it is valid");
        let error = check_currency(&config.shop, &profile).expect_err("another currency");
        assert!(
            error
                .to_string()
                .contains("`shop.currency` is USD, but this shop sells in EUR")
        );
    }
}

//! Services that others run, and a shop may do without: where it has them, it asks them.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use anyhow::Context;
use vitrine_commerce::ports::{Clock, ExchangeRates, IdentityProvider, LegacyShop, ParcelLabels, VatRegister};

use crate::{
    config::{Config, Secret},
    exchange_rates::EcbRates,
    identity_provider::OidcProvider,
    labels::FileLabels,
    legacy::HttpLegacyShop,
    vat_register::ViesRegister,
};

/// By name.
pub(super) fn identity_providers(
    config: &Config,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<BTreeMap<String, Arc<dyn IdentityProvider>>> {
    let mut identity_providers = BTreeMap::new();
    for provider in &config.auth.oidc {
        let name = provider.name.clone();
        let provider = OidcProvider::new(provider, clock.clone());
        let provider = provider.with_context(|| format!("reading `auth.oidc`, {name}"))?;
        identity_providers.insert(name, Arc::new(provider) as Arc<dyn IdentityProvider>);
    }
    Ok(identity_providers)
}

pub(super) fn vat_register(config: &Config) -> anyhow::Result<Option<Arc<dyn VatRegister>>> {
    if !config.tax.vies {
        return Ok(None);
    }
    let register = ViesRegister::new(&config.tax.vies_url).context("reading `tax.vies_url`")?;
    Ok(Some(Arc::new(register)))
}

pub(super) fn parcel_labels(config: &Config) -> Option<Arc<dyn ParcelLabels>> {
    let folder = config.labels.folder.as_ref()?;
    Some(Arc::new(FileLabels::new(folder)))
}

pub(super) fn exchange_rates(config: &Config) -> anyhow::Result<Option<Arc<dyn ExchangeRates>>> {
    if !config.rates.ecb {
        return Ok(None);
    }
    let rates = EcbRates::new(&config.rates.ecb_url).context("reading `rates.ecb_url`")?;
    Ok(Some(Arc::new(rates)))
}

pub(super) fn legacy(config: &Config) -> anyhow::Result<Option<Arc<dyn LegacyShop>>> {
    let Some(url) = &config.legacy.url else { return Ok(None) };
    let token = config.legacy.token.as_ref().map(Secret::expose);
    let timeout = Duration::from_secs(config.legacy.timeout_seconds.max(1));
    let legacy = HttpLegacyShop::new(url, token, timeout).context("reading `legacy.url`")?;
    Ok(Some(Arc::new(legacy)))
}

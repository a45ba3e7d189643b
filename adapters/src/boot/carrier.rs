//! Who tells of parcels.

use std::{collections::BTreeMap, sync::Arc};

use vitrine_commerce::ports::Carrier;

use super::payment::derive;
use crate::{
    carrier::{AfterShip, OwnForm, SimulatedCarrier},
    config::{CarrierForm, Config, Environment},
};

type ByName = BTreeMap<String, Arc<dyn Carrier>>;

/// The carriers by name; the simulated one where the shop is developed.
pub(super) fn carriers(config: &Config, signing_secret: &[u8]) -> (ByName, Option<Arc<SimulatedCarrier>>) {
    let mut carriers: Vec<Arc<dyn Carrier>> = Vec::new();
    for carrier in &config.carriers {
        let secrets = carrier
            .webhook_secrets
            .iter()
            .filter(|secret| !secret.expose().is_empty());
        let secrets = secrets.map(|secret| secret.expose().as_bytes().to_vec()).collect();
        carriers.push(match carrier.form {
            CarrierForm::Own => Arc::new(OwnForm::new(&carrier.name, secrets)),
            CarrierForm::Aftership => Arc::new(AfterShip::new(&carrier.name, secrets)),
        });
    }
    let simulated = (config.environment == Environment::Development).then(|| {
        let secret = derive(signing_secret, b"the simulated carrier's webhooks");
        Arc::new(SimulatedCarrier::new(secret))
    });
    carriers.extend(simulated.clone().map(|simulated| simulated as Arc<dyn Carrier>));
    let by_name = carriers.into_iter().map(|carrier| (carrier.name().to_owned(), carrier));
    (by_name.collect(), simulated)
}

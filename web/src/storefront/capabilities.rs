//! What shoppers may do here, as staff have switched it for whoever asks: no page has a door to what is off.

use std::collections::BTreeMap;

use minijinja::Value;

use crate::{
    documents::{Capabilities, capabilities as document},
    problem::Problem,
    public::STOCK_ALERTS,
    shown::value,
    visit::Visit,
};

/// By their names, as `docs/flags.md` lists them.
pub struct Can(BTreeMap<String, bool>);

/// Of this visitor: the answer is nobody else's.
pub async fn of(visit: &Visit) -> Result<Can, Problem> {
    let data = visit.ask(Capabilities, document::Variables {}).await?;
    let known = data.shop.capabilities.into_iter();
    Ok(Can(known.map(|known| (known.name, known.is_on)).collect()))
}

/// Whether this visitor is told when goods are back. Asked only where it depends on them: with an answer of one visitor's a page is not
/// kept for all.
pub async fn has_stock_alerts(visit: &Visit) -> Result<bool, Problem> {
    match visit.site.api().has_for_all(STOCK_ALERTS) {
        Some(known) => Ok(known),
        None => Ok(of(visit).await?.has(STOCK_ALERTS)),
    }
}

impl Can {
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// For templates, as in `can.returns`.
    pub fn shown(&self) -> Value {
        value(&self.0)
    }
}

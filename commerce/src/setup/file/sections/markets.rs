//! Where the shop sells in which currency.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::MarketId;

use crate::{
    Result, Tx,
    settings::{
        self,
        markets::{self, MarketChange, MarketDraft},
    },
    setup::file::section::Section,
};

pub(super) struct Markets;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct MarketEntry {
    name: String,
    countries: Vec<String>,
    /// The shop's own, or one that it has a price list in.
    currency: String,
    /// The shop's default where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

#[async_trait]
impl Section for Markets {
    const KEY: &'static str = "markets";
    type Id = MarketId;
    type Entry = MarketEntry;

    fn name(entry: &MarketEntry) -> String {
        entry.name.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(MarketId, MarketEntry)>> {
        let profile = settings::current(tx).await?;
        let entry = |row: vitrine_entity::market::Model| MarketEntry {
            name: row.name,
            countries: row.countries.0,
            currency: row.currency.code().to_owned(),
            language: row.language,
        };
        Ok(profile.markets.into_iter().map(|row| (row.id, entry(row))).collect())
    }

    async fn put(tx: &Tx, current: Option<MarketId>, entry: &MarketEntry, _: bool) -> Result<()> {
        let (shop, context, entry) = (tx.shop(), tx.context(), entry.clone());
        let Some(id) = current else {
            let draft = MarketDraft {
                name: entry.name,
                countries: entry.countries,
                currency: entry.currency,
                language: entry.language,
            };
            return tx.enclose(markets::create(shop, context, draft)).await.map(drop);
        };
        let change = MarketChange {
            name: Some(entry.name),
            countries: Some(entry.countries),
            currency: Some(entry.currency),
            language: Some(entry.language),
        };
        tx.enclose(markets::update(shop, context, id, None, change))
            .await
            .map(drop)
    }

    async fn remove(tx: &Tx, id: MarketId) -> Result<()> {
        tx.enclose(markets::delete(tx.shop(), tx.context(), id, None))
            .await
            .map(drop)
    }

    /// They stand in the order in which they were made.
    async fn order(_: &Tx, _: &[MarketId]) -> Result<()> {
        Ok(())
    }
}

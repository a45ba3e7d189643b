//! What is switched while the shop runs. Groups and markets are known as those of discounts; a flag that names one that is not
//! there is left as it is until it comes, for without it the flag would be on for others.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    flag::{self, FlagAudience, FlagRule},
    ids::CustomerGroupId,
};

use super::{
    defaults::{is_yes, yes},
    discounts::{
        found::{Missing, found},
        known::{GROUPS, named},
    },
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    flags::Capability,
    language::{Message, messages},
    profile::Profile,
    settings::{
        self,
        flags::{self, FlagEdit},
    },
    setup::file::section::Section,
};

const ALL: i32 = 100;

const AUDIENCES: [FlagAudience; 3] = [FlagAudience::Guests, FlagAudience::Customers, FlagAudience::Staff];

pub(super) struct Flags;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct FlagEntry {
    name: String,
    /// Not of a capability.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    on: bool,
    #[serde(default = "all", skip_serializing_if = "is_all")]
    percent: i32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleEntry>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    #[serde(default = "all", skip_serializing_if = "is_all")]
    percent: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    audience: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    countries: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    markets: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    customer_groups: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    starts_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ends_at: Option<DateTime<Utc>>,
}

fn all() -> i32 {
    ALL
}

fn is_all(percent: &i32) -> bool {
    *percent == ALL
}

#[async_trait]
impl Section for Flags {
    const KEY: &'static str = "flags";
    type Id = String;
    type Entry = FlagEntry;

    fn name(entry: &FlagEntry) -> String {
        entry.name.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(String, FlagEntry)>> {
        let profile = settings::current(tx).await?;
        let mut entries = Vec::with_capacity(profile.flags.len());
        for flag in &profile.flags {
            entries.push((flag.name.clone(), entry(tx, &profile, flag).await?));
        }
        Ok(entries)
    }

    async fn put(tx: &Tx, _: Option<String>, entry: &FlagEntry, _: bool) -> Result<()> {
        let (rules, missing) = rules(tx, entry).await?;
        if !missing.is_empty() {
            return Ok(());
        }
        let edit = FlagEdit {
            name: entry.name.clone(),
            expected_version: None,
            description: Some(entry.description.clone()),
            is_on: Some(entry.on),
            percent: Some(entry.percent),
            rules: Some(rules),
        };
        tx.enclose(flags::set(tx.shop(), tx.context(), edit)).await.map(drop)
    }

    async fn awaited(tx: &Tx, entry: &FlagEntry) -> Result<Vec<Message>> {
        let (_, missing) = rules(tx, entry).await?;
        let line = |(kind, name)| messages::file_awaits(kind, name);
        Ok(missing.into_iter().map(line).collect())
    }

    async fn remove(tx: &Tx, name: String) -> Result<()> {
        let removed = flags::delete(tx.shop(), tx.context(), &name, None);
        tx.enclose(removed).await.map(drop)
    }

    /// They stand by their names.
    async fn order(_: &Tx, _: &[String]) -> Result<()> {
        Ok(())
    }
}

async fn entry(tx: &Tx, profile: &Profile, row: &flag::Model) -> Result<FlagEntry> {
    let groups = row.rules.0.iter().flat_map(|rule| rule.customer_groups.iter().copied());
    let groups = named::<CustomerGroupId>(tx, GROUPS, groups).await?;
    // What is gone is called by its id, which is awaited for ever: left out, the flag would be on for others.
    let group = |id: &CustomerGroupId| groups.get(id).cloned().unwrap_or_else(|| id.to_string());
    let market = |id| {
        let known = profile.markets.iter().find(|market| market.id == id);
        known.map_or_else(|| id.to_string(), |market| market.name.clone())
    };
    let rule = |rule: &FlagRule| RuleEntry {
        percent: rule.percent,
        audience: rule.audience.map(|audience| called(audience).to_owned()),
        countries: rule.countries.clone(),
        markets: rule.markets.iter().map(|id| market(*id)).collect(),
        customer_groups: rule.customer_groups.iter().map(group).collect(),
        starts_at: rule.starts_at,
        ends_at: rule.ends_at,
    };
    let is_own = Capability::named(&row.name).is_none();
    Ok(FlagEntry {
        name: row.name.clone(),
        description: if is_own { row.description.clone() } else { String::new() },
        on: row.is_on,
        percent: row.percent,
        rules: row.rules.0.iter().map(rule).collect(),
    })
}

/// The rules of an entry, and what they name that is not there.
async fn rules(tx: &Tx, entry: &FlagEntry) -> Result<(Vec<FlagRule>, Vec<Missing>)> {
    let profile = settings::current(tx).await?;
    let (mut rules, mut missing) = (Vec::new(), Vec::new());
    for rule in &entry.rules {
        let mut markets = Vec::new();
        for name in &rule.markets {
            match profile.markets.iter().find(|market| market.name == name.trim()) {
                Some(market) => markets.push(market.id),
                None => missing.push(("market", name.trim().to_owned())),
            }
        }
        rules.push(FlagRule {
            percent: rule.percent,
            audience: rule.audience.as_deref().map(audience).transpose()?,
            countries: rule.countries.clone(),
            markets,
            customer_groups: found(tx, GROUPS, &rule.customer_groups, &mut missing).await?,
            starts_at: rule.starts_at,
            ends_at: rule.ends_at,
        });
    }
    Ok((rules, missing))
}

fn audience(name: &str) -> Result<FlagAudience, Refusal> {
    let mut known = AUDIENCES.into_iter();
    let found = known.find(|known| called(*known).eq_ignore_ascii_case(name.trim()));
    found.ok_or_else(|| {
        let message = messages::file_audience_form();
        Refusal::new(ErrorCode::Invalid, message).at(&["rules", "audience"])
    })
}

fn called(audience: FlagAudience) -> &'static str {
    match audience {
        FlagAudience::Guests => "guests",
        FlagAudience::Customers => "customers",
        FlagAudience::Staff => "staff",
    }
}

//! What a flag may be.

use std::collections::BTreeSet;

use vitrine_entity::{
    flag::FlagRule,
    ids::{CustomerGroupId, MarketId},
};

use crate::{
    ErrorCode, Refusal, Result, Tx, address,
    language::{Message, messages},
    profile::Profile,
    sql,
};

/// The most flags of a shop besides its capabilities, and the most rules of one: all lie in memory, and are gone through.
pub(super) const FLAGS_MAX: usize = 200;
const RULES_MAX: usize = 20;

const NAME_LENGTH_MAX: usize = 60;
pub(super) const DESCRIPTION_LENGTH_MAX: usize = 500;

/// A flag's name.
pub(super) fn name(given: &str) -> Result<String, Refusal> {
    let name = given.trim();
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
    match begins && name.len() <= NAME_LENGTH_MAX && name.chars().all(fits) {
        true => Ok(name.to_owned()),
        false => Err(refusal(messages::flag_name_form(NAME_LENGTH_MAX), &["name"])),
    }
}

pub(super) fn percent(percent: i32, field: &[&str]) -> Result<i32, Refusal> {
    match (0..=100).contains(&percent) {
        true => Ok(percent),
        false => Err(refusal(messages::must_be_between(0, 100), field)),
    }
}

/// The rules as they are kept. What one names has to be there, unless it stood in those `before`.
pub(super) async fn rules(
    tx: &Tx,
    profile: &Profile,
    before: &[FlagRule],
    given: &[FlagRule],
) -> Result<Vec<FlagRule>> {
    if given.len() > RULES_MAX {
        return Err(refusal(messages::flag_rules_max(RULES_MAX), &["rules"]).into());
    }
    let groups = groups_there(tx, given).await?;
    let mut rules = Vec::with_capacity(given.len());
    for (place, rule) in given.iter().enumerate() {
        let place = place.to_string();
        let rule = checked(rule, &place)?;
        let was = |market: &MarketId| before.iter().any(|rule| rule.markets.contains(market));
        let is_there = |id: &MarketId| profile.markets.iter().any(|market| market.id == *id);
        if !rule.markets.iter().all(|market| is_there(market) || was(market)) {
            return Err(Refusal::not_found("market").at(&["rules", &place, "marketIds"]).into());
        }
        let was = |group: &CustomerGroupId| before.iter().any(|rule| rule.customer_groups.contains(group));
        if !rule
            .customer_groups
            .iter()
            .all(|group| groups.contains(group) || was(group))
        {
            let path = ["rules", &place, "customerGroupIds"];
            return Err(Refusal::not_found("group of customers").at(&path).into());
        }
        rules.push(rule);
    }
    Ok(rules)
}

fn checked(rule: &FlagRule, place: &str) -> Result<FlagRule, Refusal> {
    let countries = rule.countries.iter();
    let countries: BTreeSet<String> = countries
        .map(|code| address::country(&["rules", place, "countries"], code))
        .collect::<Result<_, _>>()?;
    if let (Some(starts), Some(ends)) = (rule.starts_at, rule.ends_at)
        && starts >= ends
    {
        return Err(refusal(messages::ends_before_start(), &["rules", place, "endsAt"]));
    }
    Ok(FlagRule {
        percent: percent(rule.percent, &["rules", place, "percent"])?,
        audience: rule.audience,
        countries: countries.into_iter().collect(),
        markets: distinct(&rule.markets),
        customer_groups: distinct(&rule.customer_groups),
        starts_at: rule.starts_at,
        ends_at: rule.ends_at,
    })
}

fn distinct<Id: Copy + Ord>(ids: &[Id]) -> Vec<Id> {
    let ids: BTreeSet<Id> = ids.iter().copied().collect();
    ids.into_iter().collect()
}

/// The groups of customers that rules name and that are there.
async fn groups_there(tx: &Tx, rules: &[FlagRule]) -> Result<Vec<CustomerGroupId>> {
    let named = rules.iter().flat_map(|rule| rule.customer_groups.iter().copied());
    let named: BTreeSet<CustomerGroupId> = named.collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let among = sql::among_parameter::<CustomerGroupId>(tx.db(), 1);
    let sql = format!("select id from customer_group where deleted_at is null and id {among}");
    Ok(sql::column(tx.db(), &sql, [sql::list(tx.db(), named)]).await?)
}

pub(super) fn refusal(message: Message, field: &[&str]) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(field)
}

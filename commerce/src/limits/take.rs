//! Counts what a door is asked for.

use std::{collections::BTreeMap, time::Duration};

use super::{
    address::network,
    policy::{Kind, Rule, rule_of},
};
use crate::{
    Context, ErrorCode, Refusal, Shop, Viewer,
    error::Details,
    language::messages,
    ports::rate_limit::{Charge, Quota, Standing, Taken},
};

/// How whoever asks stands, by the quota of which least is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub policy: &'static str,
    pub quota: Quota,
    pub standing: Standing,
    /// What is left of the budget of points, where points were taken.
    pub points: Option<u32>,
}

/// It was too often: nothing was taken, and nothing is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited {
    pub retry_after: Duration,
    pub report: Report,
}

impl Limited {
    /// In whole seconds, and at least one.
    pub fn seconds(&self) -> u64 {
        seconds(self.retry_after)
    }
}

/// Takes what is asked for: how many of each kind, whatever else asks, all or nothing. Gives nothing where nothing is counted:
/// for the shop itself, and where limits are switched off.
///
/// # Errors
/// When that is too often.
pub async fn take(shop: &Shop, context: &Context, asked: &[(Kind, u32)]) -> Result<Option<Report>, Limited> {
    let mut counted: BTreeMap<Kind, u32> = BTreeMap::new();
    for (kind, units) in asked {
        let sum = counted.entry(*kind).or_default();
        *sum = sum.saturating_add(*units);
    }
    let mut lines = Vec::new();
    for (kind, units) in counted {
        let rule = rule_of(kind);
        for (who, quota) in counted_by(context, rule) {
            let quota = scaled(shop, quota);
            // One costly operation waits for the whole budget, and not for ever.
            let units = if kind == Kind::Cost {
                units.min(quota.burst)
            } else {
                units
            };
            let key = format!("{}:{who}", rule.name);
            lines.push((rule, Charge { key, quota, units }));
        }
    }
    let charges: Vec<Charge> = lines.iter().map(|(_, charge)| charge.clone()).collect();
    if charges.is_empty() || !shop.settings.limits.enabled {
        return Ok(None);
    }
    let taken = shop.rate_limiter.take(&charges).await;
    let Some(report) = report(&lines, &taken) else {
        return Ok(None);
    };
    match taken.retry_after {
        None => Ok(Some(report)),
        Some(retry_after) => Err(Limited { retry_after, report }),
    }
}

/// Takes one unit from a key that no table of kinds has.
///
/// # Errors
/// `RATE_LIMITED`, with when to come again.
pub(super) async fn take_one(shop: &Shop, key: String, quota: Quota) -> Result<Option<Standing>, Refusal> {
    let taken = charge(shop, key, quota, 1).await;
    match (taken.retry_after, taken.standings.first()) {
        (Some(retry_after), _) => Err(refusal(retry_after)),
        (None, standing) => Ok(standing.copied()),
    }
}

/// Whether a unit is there, without taking it.
///
/// # Errors
/// `RATE_LIMITED`, with when to come again.
pub(super) async fn expect_one(shop: &Shop, key: String, quota: Quota) -> Result<(), Refusal> {
    let taken = charge(shop, key, quota, 0).await;
    match taken.standings.first() {
        Some(standing) if standing.remaining == 0 => Err(refusal(standing.next)),
        _ => Ok(()),
    }
}

async fn charge(shop: &Shop, key: String, quota: Quota, units: u32) -> Taken {
    if !shop.settings.limits.enabled {
        return Taken {
            standings: Vec::new(),
            retry_after: None,
        };
    }
    let quota = scaled(shop, quota);
    shop.rate_limiter.take(&[Charge { key, quota, units }]).await
}

/// As data for whoever asked.
fn refusal(retry_after: Duration) -> Refusal {
    let retry_after_seconds = seconds(retry_after);
    let message = messages::too_often(retry_after_seconds);
    Refusal {
        details: Some(Details::RateLimited { retry_after_seconds }),
        ..Refusal::new(ErrorCode::RateLimited, message)
    }
}

/// By whom a caller is counted, and how often that one may.
fn counted_by(context: &Context, rule: &Rule) -> Vec<(String, Quota)> {
    let address = context.client_address.map(|address| format!("ip:{}", network(address)));
    let by_address = address.zip(rule.by_address);
    let by_viewer = |quota: Option<Quota>| quota.map(|quota| (context.viewer.actor(), quota));
    match context.viewer {
        Viewer::System => Vec::new(),
        Viewer::Guest => by_address.into_iter().collect(),
        Viewer::Customer(_) => by_address.into_iter().chain(by_viewer(rule.by_customer)).collect(),
        Viewer::Staff(..) | Viewer::App(..) => by_viewer(rule.by_staff).or(by_address).into_iter().collect(),
    }
}

pub(super) fn scaled(shop: &Shop, quota: Quota) -> Quota {
    let factor = shop.settings.limits.factor;
    let burst = (f64::from(quota.burst) * factor)
        .round()
        .clamp(1.0, f64::from(u32::MAX));
    Quota {
        burst: burst as u32,
        refill: quota.refill.div_f64(factor),
    }
}

fn report(lines: &[(&Rule, Charge)], taken: &Taken) -> Option<Report> {
    let all = || lines.iter().zip(&taken.standings);
    let share = |charge: &Charge, standing: &Standing| f64::from(standing.remaining) / f64::from(charge.quota.burst);
    let tightest =
        all().min_by(|((_, a), a_stands), ((_, b), b_stands)| share(a, a_stands).total_cmp(&share(b, b_stands)));
    let ((rule, charge), standing) = tightest?;
    let points = all().filter(|((rule, _), _)| rule.kind == Kind::Cost);
    Some(Report {
        policy: rule.name,
        quota: charge.quota,
        standing: *standing,
        points: points.map(|(_, standing)| standing.remaining).min(),
    })
}

fn seconds(duration: Duration) -> u64 {
    duration
        .as_millis()
        .div_ceil(1000)
        .max(1)
        .try_into()
        .unwrap_or(u64::MAX)
}

//! Who may ask how often, at the doors: requests of HTTP, operations of GraphQL, and what the REST facade is asked.
//! How often, [`vitrine_commerce::limits::policy`] says; which kind a field is of, [`fields`].

mod fields;
mod request;

use async_graphql::parser::types::OperationType;
use vitrine_commerce::{
    Context, Shop,
    limits::{Kind, Limited, Report, take},
};
use vitrine_edge::{Asked, RateLimited, Standing, Standings};

pub use request::{Counting, count};

/// Counts an operation of GraphQL: each of its root fields, and its cost. Gives what is left of the caller's points.
///
/// # Errors
/// When it is too often: nothing ran.
pub async fn operation(
    shop: &Shop,
    context: &Context,
    standings: &Standings,
    asked: &Asked,
) -> Result<Option<u32>, RateLimited> {
    let of_all = match asked.kind {
        OperationType::Query => Kind::Query,
        OperationType::Mutation => Kind::Mutation,
        OperationType::Subscription => Kind::Subscription,
    };
    let cost = u32::try_from(asked.cost).unwrap_or(u32::MAX);
    let mut kinds = vec![(Kind::Cost, cost)];
    for field in &asked.fields {
        kinds.push((of_all, 1));
        kinds.extend(fields::kind(field).map(|kind| (kind, 1)));
    }
    counted(shop, context, standings, &kinds).await
}

/// Counts something of kinds that are known.
///
/// # Errors
/// When it is too often: do nothing.
pub async fn counted(
    shop: &Shop,
    context: &Context,
    standings: &Standings,
    kinds: &[(Kind, u32)],
) -> Result<Option<u32>, RateLimited> {
    match take(shop, context, kinds).await {
        Ok(report) => Ok(report.and_then(|report| {
            standings.note(standing(&report));
            report.points
        })),
        Err(limited) => {
            standings.note(standing(&limited.report));
            Err(told(&limited))
        }
    }
}

fn told(limited: &Limited) -> RateLimited {
    RateLimited {
        retry_after_seconds: limited.seconds(),
    }
}

fn standing(report: &Report) -> Standing {
    let seconds = |duration: std::time::Duration| duration.as_secs_f64().ceil() as u64;
    Standing {
        policy: report.policy,
        limit: report.quota.burst,
        window_seconds: seconds(report.quota.window()),
        remaining: report.standing.remaining,
        reset_seconds: seconds(report.standing.reset),
    }
}

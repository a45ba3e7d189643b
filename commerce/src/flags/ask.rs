//! Whether a flag is on for whoever asks.

use sea_orm::ConnectionTrait;
use vitrine_entity::flag::{self, FlagAudience};

use super::{
    capability::Capability,
    decide::{self, Asker},
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, Viewer, language::messages, membership, text};

/// The most flags that are asked for at once.
const ASKED_MAX: usize = 100;

/// The most characters of what a front end calls a visitor.
pub const VISITOR_LENGTH_MAX: usize = 100;

/// Whether whoever asks has a capability: those who work here, and the shop itself, have all. No statement, unless a rule of
/// its flag is for groups of customers.
///
/// # Errors
/// When the database fails.
pub async fn is_on(shop: &Shop, context: &Context, capability: Capability) -> Result<bool> {
    is_on_by(shop, &shop.db, context, capability).await
}

/// Whether a capability is on or off for all shoppers alike; `None` where that depends on who asks.
pub fn is_on_for_all(shop: &Shop, capability: Capability) -> Option<bool> {
    let profile = shop.profile();
    match profile.flag(capability.name()) {
        None => Some(capability.is_on_by_default()),
        Some(flag) if !flag.is_on => Some(false),
        Some(flag) if !flag.rules.0.is_empty() => None,
        Some(flag) => match flag.percent {
            0 => Some(false),
            100 => Some(true),
            _ => None,
        },
    }
}

/// Refuses whoever has not a capability.
///
/// # Errors
/// `UNAUTHENTICATED` where a guest may sign in for it; else `FORBIDDEN`.
pub async fn require(shop: &Shop, context: &Context, capability: Capability) -> Result<()> {
    require_by(shop, &shop.db, context, capability).await
}

/// As [`require`], within a transaction.
///
/// # Errors
/// The same.
pub async fn require_in(tx: &Tx, capability: Capability) -> Result<()> {
    require_by(tx.shop(), tx.db(), tx.context(), capability).await
}

async fn require_by(shop: &Shop, db: &impl ConnectionTrait, context: &Context, capability: Capability) -> Result<()> {
    if is_on_by(shop, db, context, capability).await? {
        return Ok(());
    }
    Err(match capability {
        Capability::GuestCheckout => Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_to_order()),
        _ => Refusal::new(ErrorCode::Forbidden, messages::not_offered()),
    }
    .into())
}

/// Which of these flags are on for whoever asks. Of one that there is not, off is said: a front end may know it before the
/// shop does.
///
/// # Errors
/// Refuses too many at once, and a visitor whose name is too long.
pub async fn are_on(shop: &Shop, context: &Context, visitor: Option<&str>, names: &[String]) -> Result<Vec<bool>> {
    if names.len() > ASKED_MAX {
        let message = messages::flags_asked_max(ASKED_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["names"]).into());
    }
    let visitor = text::optional_line(&["visitor"], visitor, VISITOR_LENGTH_MAX)?;
    let profile = shop.profile();
    let found: Vec<_> = names.iter().map(|name| (name, profile.flag(name))).collect();
    let by_groups = found.iter().any(|(_, flag)| flag.is_some_and(goes_by_groups));
    let asker = asker(shop, &shop.db, context, visitor.as_deref(), by_groups).await?;
    let has = |(name, flag): &(&String, Option<&flag::Model>)| has(&asker, *flag, Capability::named(name));
    Ok(found.iter().map(has).collect())
}

async fn is_on_by(shop: &Shop, db: &impl ConnectionTrait, context: &Context, capability: Capability) -> Result<bool> {
    let profile = shop.profile();
    let flag = profile.flag(capability.name());
    let asker = asker(shop, db, context, None, flag.is_some_and(goes_by_groups)).await?;
    Ok(has(&asker, flag, Some(capability)))
}

/// Whether somebody has what a flag switches, of which staff have perhaps said nothing.
fn has(asker: &Asker, flag: Option<&flag::Model>, capability: Option<Capability>) -> bool {
    match (flag, capability) {
        (_, Some(_)) if asker.audience == FlagAudience::Staff => true,
        (Some(flag), _) => decide::is_on(flag, asker),
        (None, Some(capability)) => capability.is_on_by_default(),
        (None, None) => false,
    }
}

async fn asker(
    shop: &Shop,
    db: &impl ConnectionTrait,
    context: &Context,
    visitor: Option<&str>,
    by_groups: bool,
) -> Result<Asker> {
    let customer = context.viewer.customer().filter(|_| by_groups);
    let groups = membership::groups_of(db, customer).await?;
    let key = match context.viewer {
        Viewer::Guest | Viewer::System => visitor.or(context.visitor.as_deref()).map(str::to_owned),
        viewer => Some(viewer.actor()),
    };
    Ok(Asker {
        key,
        audience: audience(context.viewer),
        country: context.country.clone(),
        market: shop.profile().market_of(&context.country).map(|market| market.id),
        groups,
        at: shop.now(),
    })
}

fn goes_by_groups(flag: &flag::Model) -> bool {
    flag.rules.0.iter().any(|rule| !rule.customer_groups.is_empty())
}

fn audience(viewer: Viewer) -> FlagAudience {
    match viewer {
        Viewer::Guest => FlagAudience::Guests,
        Viewer::Customer(_) => FlagAudience::Customers,
        Viewer::Staff(..) | Viewer::App(..) | Viewer::System => FlagAudience::Staff,
    }
}

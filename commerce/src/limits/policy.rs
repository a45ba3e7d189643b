//! The table: how often whom may do what. Each quota is a burst, and how fast it grows back.
//!
//! Whoever is signed in as a shopper counts by their account and by their address, a guest by the address alone.
//! Members of staff and apps count by who they are, widely, and not by the address that an office shares; but where
//! the table has nothing for them, they count by the address as everybody does: so does signing in.
//!
//! `[limits]` of the configuration multiplies all of it by a factor, or switches it off.

use std::time::Duration;

use crate::ports::rate_limit::Quota;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A request of any kind, before anything is known of it.
    Request,
    /// A page for people.
    Page,
    /// A picture of the shop's store.
    Media,
    /// A file that was sold.
    Download,
    /// What a payment provider tells.
    Webhook,
    /// A root field of a query, or a `GET` of the REST facade.
    Query,
    /// A root field of a mutation, or a change by the REST facade.
    Mutation,
    /// A subscription that is opened.
    Subscription,
    /// Points of what operations cost.
    Cost,
    /// Placing an order, or paying it again.
    Place,
    /// A password that is tried.
    SignIn,
    /// An account that is opened.
    SignUp,
    /// A mail that is asked for: for a new password, to confirm an address.
    Reset,
    /// A session that goes on, or is opened by a code of another service.
    Token,
    /// A code or a mail's token that is tried.
    Code,
    /// A wrong token for an order.
    OrderToken,
    /// A statement that somebody withdraws from a contract.
    Withdrawal,
}

/// How often a kind of thing may be done.
pub struct Rule {
    pub kind: Kind,
    /// As it stands in the keys and in `RateLimit-Policy`.
    pub name: &'static str,
    pub by_address: Option<Quota>,
    pub by_customer: Option<Quota>,
    pub by_staff: Option<Quota>,
}

/// The table.
pub const RULES: &[Rule] = &[
    rule(Kind::Request, "request", Some(per_second(2_000, 200)), None, None),
    rule(Kind::Page, "page", Some(per_second(200, 10)), None, None),
    rule(Kind::Media, "media", Some(per_second(2_000, 200)), None, None),
    rule(Kind::Download, "download", Some(per_minute(120, 60)), None, None),
    rule(Kind::Webhook, "webhook", Some(per_second(2_000, 200)), None, None),
    rule(
        Kind::Query,
        "query",
        Some(per_second(2_000, 100)),
        Some(per_second(1_000, 50)),
        Some(per_second(20_000, 1_000)),
    ),
    rule(
        Kind::Mutation,
        "mutation",
        Some(per_second(600, 30)),
        Some(per_second(200, 10)),
        Some(per_second(10_000, 500)),
    ),
    rule(
        Kind::Subscription,
        "subscription",
        Some(per_second(1_000, 20)),
        Some(per_second(200, 5)),
        Some(per_second(1_000, 50)),
    ),
    rule(
        Kind::Cost,
        "cost",
        Some(per_second(1_000_000, 20_000)),
        Some(per_second(500_000, 10_000)),
        Some(per_second(5_000_000, 100_000)),
    ),
    rule(
        Kind::Place,
        "place",
        Some(per_minute(120, 120)),
        Some(per_minute(30, 20)),
        Some(per_second(1_000, 50)),
    ),
    rule(Kind::SignIn, "sign-in", Some(per_minute(30, 10)), None, None),
    rule(Kind::SignUp, "sign-up", Some(per_hour(20, 60)), None, None),
    rule(Kind::Reset, "reset", Some(per_hour(10, 30)), None, None),
    rule(Kind::Token, "token", Some(per_minute(300, 120)), None, None),
    rule(Kind::Code, "code", Some(per_minute(30, 10)), None, None),
    rule(Kind::OrderToken, "order-token", Some(per_minute(30, 10)), None, None),
    rule(Kind::Withdrawal, "withdrawal", Some(per_hour(20, 60)), None, None),
];

/// Passwords that one address tries at one account. A right one forgets it.
pub(super) const ACCOUNT_FROM_ADDRESS: Quota = per_hour(5, 20);

/// As many of these tries are looked at whatever other addresses try at the account, so that they keep nobody out.
pub(super) const ACCOUNT_TRIES_FREE: u32 = 2;

/// The same for all addresses of an IPv6 site together: beyond it, they count as everybody's.
pub(super) const ACCOUNT_FREE_FROM_SITE: Quota = per_hour(10, 20);

/// Passwords that all addresses together try at one account.
pub(super) const ACCOUNT: Quota = per_hour(100, 120);

/// Mails of one kind that one account is sent, whoever asks.
pub(super) const MAILS_OF_ACCOUNT: Quota = per_hour(3, 3);

/// Mails of one kind to one address that one network asks for.
pub(super) const MAILS_FROM_SITE: Quota = per_hour(3, 3);

/// Wrong tokens that one address tries at one order.
pub(super) const ORDER_TOKENS: Quota = per_minute(10, 2);

/// The rule of a kind.
pub fn rule_of(kind: Kind) -> &'static Rule {
    // The table has a line for each kind, as a test holds; its first is the mildest answer to one that had none.
    RULES.iter().find(|rule| rule.kind == kind).unwrap_or(&RULES[0])
}

const fn rule(
    kind: Kind,
    name: &'static str,
    by_address: Option<Quota>,
    by_customer: Option<Quota>,
    by_staff: Option<Quota>,
) -> Rule {
    Rule {
        kind,
        name,
        by_address,
        by_customer,
        by_staff,
    }
}

const fn per_second(burst: u32, count: u64) -> Quota {
    every(burst, 1_000_000 / count)
}

const fn per_minute(burst: u32, count: u64) -> Quota {
    every(burst, 60_000_000 / count)
}

const fn per_hour(burst: u32, count: u64) -> Quota {
    every(burst, 3_600_000_000 / count)
}

const fn every(burst: u32, refill_us: u64) -> Quota {
    Quota {
        burst,
        refill: Duration::from_micros(refill_us),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_line() {
        // A match without `_`, so that a new kind is found here.
        let number = |kind: Kind| match kind {
            Kind::Request
            | Kind::Page
            | Kind::Media
            | Kind::Download
            | Kind::Webhook
            | Kind::Query
            | Kind::Mutation
            | Kind::Subscription
            | Kind::Cost
            | Kind::Place
            | Kind::SignIn
            | Kind::SignUp
            | Kind::Reset
            | Kind::Token
            | Kind::Code
            | Kind::OrderToken
            | Kind::Withdrawal => kind as usize,
        };
        let numbers: Vec<usize> = RULES.iter().map(|rule| number(rule.kind)).collect();
        assert_eq!(numbers, (0..=number(Kind::Withdrawal)).collect::<Vec<_>>());
        for rule in RULES {
            assert_eq!(rule_of(rule.kind).name, rule.name);
            assert!(rule.by_address.is_some(), "{}", rule.name);
        }
    }
}

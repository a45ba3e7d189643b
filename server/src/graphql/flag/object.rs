use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{flags::Capability, settings::flags};
use vitrine_entity::flag;

use crate::{
    graphql::{
        audit::object::{AuditEntry, AuditEntryConnection},
        shared::{ContextExt, CountryCode, Result, Said, cost, int, map, page},
    },
    ids,
};

/// Who somebody is to the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::flag::FlagAudience")]
pub enum FlagAudience {
    /// Whoever is not signed in.
    Guests,
    /// Whoever is signed in as a shopper.
    Customers,
    /// Who works here, and apps.
    Staff,
}

/// What is switched while the shop runs, and for whom.
#[derive(Debug, Clone)]
pub struct Flag(pub flag::Model);

/// Whom a rule names, and for how many of them the flag is on.
#[derive(Debug, Clone)]
pub struct FlagRule(flag::FlagRule);

/// What is switched while the shop runs, and for whom: a capability of the shop's own, or a name that its front ends ask for by
/// `shop.flags`. For staff with the permission `SETTINGS`.
#[Object]
impl Flag {
    /// What it is called: there is one flag of a name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for, in words for staff.
    async fn description(&self) -> Said {
        let message = Capability::named(&self.0.name).map(Capability::description);
        Said(message.unwrap_or_else(|| self.0.description.clone().into()))
    }

    /// Whether it is a capability of the shop's own: something that shoppers may do unless staff say otherwise.
    async fn is_capability(&self) -> bool {
        Capability::named(&self.0.name).is_some()
    }

    /// The switch: off for everybody where it is off, whatever `percent` and `rules` say.
    async fn is_on(&self) -> bool {
        self.0.is_on
    }

    /// For how many of a hundred it is on of those whom no rule names. The same ones are always among them, and stay so as it
    /// grows.
    async fn percent(&self) -> i32 {
        self.0.percent
    }

    /// In their order: the first that names somebody decides.
    #[graphql(complexity = "5 * child_complexity")]
    async fn rules(&self) -> Vec<FlagRule> {
        self.0.rules.0.iter().cloned().map(FlagRule).collect()
    }

    /// Grows with every change: send it as `expectedVersion`. 0 where nobody has said anything of it.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was last changed; null where nobody has said anything of it.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        (self.0.version > 0).then_some(self.0.updated_at)
    }

    /// When it was taken away; null while it is there.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }

    /// What was done to it, newest first: `data` has it as it was before, and after.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<AuditEntryConnection>> {
        let page = page(first, after, last, before);
        let page = flags::history(ctx.shop(), ctx.caller(), &self.0.name, &page).await?;
        Ok(Some(AuditEntryConnection {
            page: map(page, AuditEntry),
            context: (),
        }))
    }
}

/// Whom a rule names, and for how many of them the flag is on. It names those of whom everything holds that it says.
#[Object]
impl FlagRule {
    /// For how many of a hundred of them it is on.
    async fn percent(&self) -> i32 {
        self.0.percent
    }

    /// Who they are to the shop; null for everybody.
    async fn audience(&self) -> Option<FlagAudience> {
        self.0.audience.map(Into::into)
    }

    /// In which of these countries they are answered; empty for all.
    async fn countries(&self) -> Vec<CountryCode> {
        self.0.countries.iter().cloned().map(CountryCode).collect()
    }

    /// In which of these markets their country is; empty for all.
    async fn market_ids(&self) -> Vec<ID> {
        self.0.markets.iter().map(ids::public).collect()
    }

    /// In which of these groups of customers they are; empty for all.
    async fn customer_group_ids(&self) -> Vec<ID> {
        self.0.customer_groups.iter().map(ids::public).collect()
    }

    /// From when on; null for always.
    async fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.0.starts_at
    }

    /// Before when; null for ever.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at
    }
}

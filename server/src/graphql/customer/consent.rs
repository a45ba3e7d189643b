use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::customers::consent::{self, Consent};
use vitrine_entity::customer_consent;

use crate::{
    graphql::shared::{ContextExt, Result, connection, payload},
    ids,
};

/// How customers are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::customer_consent::MarketingChannel")]
pub enum MarketingChannel {
    /// By mail.
    Email,
}

/// How a customer said what they want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::customer_consent::ConsentSource")]
pub enum ConsentSource {
    /// In their account.
    Account,
    /// By the link of a mail.
    Link,
}

/// What a customer said to marketing, once.
#[derive(Debug, Clone)]
pub struct MarketingConsent(pub customer_consent::Model);

connection! { MarketingConsentConnection, MarketingConsentEdge, MarketingConsent }

/// What a customer said to marketing, once. It never changes: what they say later stands beside it. Their own eyes,
/// and those of staff with the permission `CUSTOMERS`.
#[Object]
impl MarketingConsent {
    /// Names the entry.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// How they are written to.
    async fn channel(&self) -> MarketingChannel {
        self.0.channel.into()
    }

    /// Whether they agreed; otherwise they withdrew.
    async fn granted(&self) -> bool {
        self.0.granted
    }

    /// What the storefront calls the words that they saw.
    async fn wording(&self) -> &str {
        &self.0.wording
    }

    /// How they said so.
    async fn source(&self) -> ConsentSource {
        self.0.source.into()
    }

    /// In which other shop system they said so, by its name: the entry was imported with the customer. Null where they said it
    /// here.
    async fn imported_from(&self) -> Option<&str> {
        self.0.imported_from.as_deref()
    }

    /// To which mail address it was meant, which was confirmed by then.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// When they said so.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// What a customer says to marketing.
#[derive(Debug, InputObject)]
pub struct CustomerMarketingConsentSetInput {
    /// How they are written to.
    pub channel: MarketingChannel,
    /// Whether they agree; otherwise they withdraw.
    pub granted: bool,
    /// What you call the words that they saw, as in `newsletter 2027-03`: at most 200 characters. It is the proof of
    /// what they agreed to.
    pub wording: String,
}

payload! {
    /// What `customerMarketingConsentSet` answers.
    CustomerMarketingConsentSetPayload {
        /// What is written down.
        marketing_consent: MarketingConsent,
    }
}

#[derive(Debug, Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Writes down what the customer who is signed in says to marketing. The same again changes nothing.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_marketing_consent_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they say.")] input: CustomerMarketingConsentSetInput,
    ) -> Result<Option<CustomerMarketingConsentSetPayload>> {
        let said = Consent {
            channel: input.channel.into(),
            granted: input.granted,
            wording: input.wording,
        };
        let written = consent::set(ctx.shop(), ctx.caller(), said).await;
        CustomerMarketingConsentSetPayload::of(written.map(MarketingConsent))
    }
}

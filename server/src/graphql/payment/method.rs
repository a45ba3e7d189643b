use std::sync::Arc;

use async_graphql::{ComplexObject, Context, SimpleObject};
use vitrine_commerce::{Shop, companies::account, ports::PaymentProvider, translations::Thing};

use crate::graphql::shared::{Result, words};

/// A way to pay in this shop.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct PaymentMethod {
    /// Send it as `paymentMethod.method`.
    pub name: String,
    #[graphql(skip)]
    own_title: String,
    /// Whether `paymentMethod.token` must be sent, too: the provider's library in the browser makes
    /// it of what the shopper types there.
    pub needs_token: bool,
    /// What that library is opened with. Not a secret.
    pub publishable_key: Option<String>,
    /// Whether it is taken where `paymentMethod.method` is left out.
    pub is_default: bool,
    /// Whether a customer who is signed in may have a card saved with it: send `paymentMethod.save`.
    pub savable: bool,
}

#[ComplexObject]
impl PaymentMethod {
    /// As shoppers read it, in the shop's words: `Card`, `Bank transfer`.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(
            ctx,
            Thing::PaymentMethod(self.name.as_str().into()),
            "title",
            &self.own_title,
        )
        .await
    }
}

impl PaymentMethod {
    /// All of the shop's, its own first.
    pub fn all(shop: &Shop) -> Vec<Self> {
        let mut methods: Vec<_> = shop
            .payment_providers
            .values()
            // Only companies have it: their carts say so.
            .filter(|provider| provider.name() != account::METHOD)
            .map(|provider| Self::of(shop, provider))
            .collect();
        methods.sort_by_key(|method| !method.is_default);
        methods
    }

    pub fn named(shop: &Shop, name: &str) -> Option<Self> {
        shop.payment_providers
            .get(name)
            .map(|provider| Self::of(shop, provider))
    }

    fn of(shop: &Shop, provider: &Arc<dyn PaymentProvider>) -> Self {
        let offer = provider.offer();
        Self {
            name: provider.name().to_owned(),
            own_title: offer.title,
            needs_token: offer.needs_token,
            publishable_key: offer.publishable_key,
            is_default: provider.name() == shop.settings.payment_provider,
            savable: provider.saved_methods().is_some(),
        }
    }
}

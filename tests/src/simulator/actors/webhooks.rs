//! The provider's webhooks come: in any order, doubled, and again when they were not taken.

use std::collections::HashMap;

use rand::seq::SliceRandom;
use vitrine_adapters::payment::simulated::SignedWebhook;
use vitrine_commerce::{Viewer, error::causes, payments};

use crate::simulator::{
    model::Model,
    operation::{Learned, Operation},
    world::World,
};

impl World {
    pub(in crate::simulator) async fn webhooks_come(&mut self) {
        let mut due = self
            .provider
            .due_webhooks()
            .await
            .expect("the provider's books can be read");
        due.shuffle(&mut self.dice);
        for webhook in due {
            let lost = self.weather.happens(8);
            if lost {
                self.provider
                    .mark_failed(&webhook.id, webhook.attempt)
                    .await
                    .expect("a webhook is put off");
                continue;
            }
            self.deliver(&webhook).await;
            if self.weather.happens(10) {
                self.deliver(&webhook).await;
            }
            let answered = self.model.webhook_taken && !self.weather.happens(5);
            let noted = match answered {
                true => self.provider.mark_delivered(&[&webhook.id]).await,
                false => self.provider.mark_failed(&webhook.id, webhook.attempt).await,
            };
            noted.expect("the provider notes how it went");
        }
    }

    async fn deliver(&mut self, webhook: &SignedWebhook) {
        self.counts.webhooks += 1;
        self.model.webhook_taken = false;
        let headers: HashMap<String, String> = webhook
            .headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        let body = webhook.body.clone().into_bytes();
        let (shop, context) = (self.shop(self.server()), self.context(Viewer::System));
        let running = async move {
            let answer = payments::webhook(&shop, &context, "simulated", &headers, &body).await;
            Box::new(move |model: &mut Model| match answer {
                Ok(()) => {
                    model.webhook_taken = true;
                    "taken".to_owned()
                }
                Err(error) => {
                    let text = causes(&error);
                    model.accuse(format!("a webhook was not taken: {text}"));
                    text
                }
            }) as Learned
        };
        let number = &webhook.id[..16.min(webhook.id.len())];
        let what = format!("webhook {number} comes (attempt {})", webhook.attempt);
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }
}

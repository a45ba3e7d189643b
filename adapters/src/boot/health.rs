//! Whether what a shop stands on answers.

use std::{future::Future, time::Duration};

use sea_orm::ConnectionTrait;
use vitrine_commerce::{error::causes, ports::search::SearchRequest};

use super::Booted;
use crate::queue::Consumer;

/// How long a component may take to answer.
const TIMEOUT: Duration = Duration::from_secs(2);

/// One of the things that a shop stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    pub name: &'static str,
    pub ok: bool,
    /// Whether the shop is of no use without it.
    pub required: bool,
    /// What went wrong, for the operator: not for the public.
    pub detail: Option<String>,
}

impl Booted {
    /// Asks every component at once.
    pub async fn health(&self) -> Vec<Component> {
        let (database, search, queue, mail) = tokio::join!(
            self.database_health(),
            self.search_health(),
            self.queue_health(),
            self.mail_health()
        );
        [Some(database), search, queue, mail].into_iter().flatten().collect()
    }

    async fn database_health(&self) -> Component {
        let ping = async { self.watch.execute_unprepared("select 1").await.map(|_| ()) };
        component("database", true, ping).await
    }

    async fn search_health(&self) -> Option<Component> {
        if self.shop.search.is_elsewhere() {
            return None;
        }
        let request = SearchRequest {
            limit: 1,
            ..SearchRequest::default()
        };
        let component = component("search", false, async {
            self.shop.search.search(&request).await.map(|_| ())
        });
        Some(component.await)
    }

    async fn queue_health(&self) -> Option<Component> {
        match self.consumer {
            Consumer::InProcess(_) => None,
            Consumer::Redis(_) => Some(component("redis", false, self.shop.queue.ping()).await),
        }
    }

    async fn mail_health(&self) -> Option<Component> {
        let smtp = self.smtp.as_ref()?;
        let ping = async {
            match smtp.ping().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(std::io::Error::other("the mail server did not answer").into()),
                Err(error) => Err(Box::<dyn std::error::Error + Send + Sync>::from(error)),
            }
        };
        Some(component("mail", false, ping).await)
    }
}

async fn component<E>(name: &'static str, required: bool, ping: impl Future<Output = Result<(), E>>) -> Component
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let detail = match tokio::time::timeout(TIMEOUT, ping).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(causes(&*error.into())),
        Err(_) => Some(format!("no answer within {} s", TIMEOUT.as_secs())),
    };
    Component {
        name,
        ok: detail.is_none(),
        required,
        detail,
    }
}

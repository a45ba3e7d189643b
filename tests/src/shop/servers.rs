//! The servers of a shop, and its worker.

use std::{sync::Arc, time::Duration};

use tokio::net::TcpListener;
use vitrine_adapters::{
    boot::{self, Booted, Outside},
    config::Config,
};
use vitrine_commerce::{catalog, ports::EventBus};
use vitrine_edge::{Drain, HttpSettings, serve};
use vitrine_server::app;

use super::TestShop;
use crate::{client::Client, worker::DUE_PERIOD};

impl TestShop {
    /// Another server of this shop, with a memory of its own and `change`d configuration. Gives a guest at its door.
    pub async fn another_server(&mut self, change: impl FnOnce(&mut Config)) -> Client {
        self.serve_another(change, None).await
    }

    /// As [`another_server`](Self::another_server), which hears what this one says, on SQLite, too.
    pub async fn another_server_on_the_bus(&mut self, change: impl FnOnce(&mut Config)) -> Client {
        let bus = self.config.redis.is_none().then(|| self.shop().bus.clone());
        self.serve_another(change, bus).await
    }

    async fn serve_another(&mut self, change: impl FnOnce(&mut Config), bus: Option<Arc<dyn EventBus>>) -> Client {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a bound port"));
        let mut config = self.config.clone();
        change(&mut config);
        let outside = Outside {
            clock: self.clock.clone(),
            bus,
            ..Outside::default()
        };
        let booted = boot::boot_with(&config, outside).await.expect("the shop opens");
        if config.search.meilisearch.is_none() {
            catalog::index::fill(&booted.shop).await.expect("the search index");
        }
        self.serve_on(listener, &booted, &config);
        Client::guest(base)
    }

    pub(super) async fn serve(&mut self, listener: TcpListener) {
        if self.config.search.meilisearch.is_none() && !self.is_indexed {
            catalog::index::fill(self.shop()).await.expect("the search index");
        }
        let booted = self.booted.clone();
        let config = self.config.clone();
        self.serve_on(listener, &booted, &config);
    }

    fn serve_on(&mut self, listener: TcpListener, booted: &Booted, config: &Config) {
        let drain = Drain::default();
        let routes = app::router_draining(booted, config, drain.clone()).expect("the routes");
        let settings = HttpSettings {
            // Whoever closes a shop has no answer to wait for.
            last_request_timeout: Duration::ZERO,
            ..app::settings(config)
        };
        let serving = drain.clone();
        self.tasks.push(tokio::spawn(async move {
            serve(listener, routes, &settings, serving)
                .await
                .expect("the server runs");
        }));
        let stop = self.stop.clone();
        self.tasks.push(tokio::spawn(async move {
            stop.cancelled().await;
            drain.begin();
        }));
    }

    /// Starts the worker.
    pub fn work(&mut self) {
        let (booted, config, stop) = (self.booted.clone(), self.config.clone(), self.stop.clone());
        self.tasks.push(tokio::spawn(async move {
            vitrine_worker::run_asking(&booted, &config, DUE_PERIOD, stop)
                .await
                .expect("the worker runs");
        }));
    }
}

//! The engines the contract runs on.

use std::{
    env,
    future::Future,
    hash::{BuildHasher, Hasher, RandomState},
    io::Write,
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use futures::FutureExt;
use reqwest::Method;
use serde_json::Value;
use vitrine_adapters::search::{MeilisearchConfig, MeilisearchSearch, TantivySearch, tantivy::Lineage};
use vitrine_commerce::ports::search::{
    SearchDocument, SearchEngine, SearchError, SearchRequest, SearchResponse, Synonyms,
};
use vitrine_entity::ids::ProductId;
use vitrine_tests::meilisearch_stand_in::MeilisearchStandIn;

/// An engine with an empty index of its own.
#[derive(Clone)]
pub(crate) struct Engine(Arc<dyn SearchEngine>);

impl Engine {
    /// Rebuilt with nothing, as a shop begins.
    async fn over(engine: impl SearchEngine + 'static) -> Self {
        let engine = Self(Arc::new(engine));
        engine.rebuilt_with(&[]).await;
        engine
    }

    pub(crate) fn port(&self) -> &dyn SearchEngine {
        &*self.0
    }

    pub(crate) async fn put(&self, documents: &[SearchDocument]) {
        self.0.upsert(documents).await.unwrap();
        self.0.settle().await.unwrap();
    }

    pub(crate) async fn rebuilt_with(&self, documents: &[SearchDocument]) {
        let mut rebuild = self.0.rebuild(&Synonyms::new()).await.unwrap();
        rebuild.add(documents).await.unwrap();
        rebuild.publish().await.unwrap();
        self.0.settle().await.unwrap();
    }

    pub(crate) async fn search(&self, request: SearchRequest) -> SearchResponse {
        self.0
            .search(&request)
            .await
            .unwrap_or_else(|error| panic!("{request:?}: {error:?}"))
    }

    /// As [`find`](Self::find), of words that may stand within others.
    pub(crate) async fn find_within(&self, text: &str) -> Vec<u128> {
        let request = SearchRequest {
            text: text.to_owned(),
            within_words: true,
            limit: 100,
            ..SearchRequest::default()
        };
        numbers(&self.search(request).await)
    }

    /// The numbers of the first hits for a text.
    pub(crate) async fn find(&self, text: &str) -> Vec<u128> {
        numbers(
            &self
                .search(SearchRequest {
                    text: text.to_owned(),
                    limit: 100,
                    ..SearchRequest::default()
                })
                .await,
        )
    }
}

/// The numbers that the catalogue's products were made with.
pub(crate) fn numbers(response: &SearchResponse) -> Vec<u128> {
    response.hits.iter().map(|ProductId(id)| id.as_u128()).collect()
}

pub(crate) async fn on_tantivy<F: Future<Output = ()>>(promise: impl FnOnce(Engine) -> F) {
    promise(Engine::over(TantivySearch::new().unwrap()).await).await;
}

pub(crate) async fn on_tantivy_in_a_folder<F: Future<Output = ()>>(promise: impl FnOnce(Engine) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let engine = TantivySearch::new().unwrap();
    let kept = engine.keep_in(folder.path(), None, "own".to_owned(), Arc::new(NoDatabase));
    assert!(!kept.await.unwrap());
    promise(Engine::over(engine).await).await;
}

/// In which nothing was ever written down.
struct NoDatabase;

#[async_trait]
impl Lineage for NoDatabase {
    async fn newest(&self) -> Result<Option<String>, SearchError> {
        Ok(None)
    }

    async fn knows(&self, _: &str) -> Result<bool, SearchError> {
        Ok(false)
    }
}

pub(crate) async fn on_the_stand_in<F: Future<Output = ()>>(promise: impl FnOnce(Engine) -> F) {
    let server = MeilisearchStandIn::start().await.unwrap();
    promise(Engine::over(MeilisearchSearch::new(&config(&server)).unwrap()).await).await;
}

/// A Meilisearch that the environment names, and the promises that it broke.
#[derive(Default)]
pub(crate) struct RealMeilisearch {
    broken: Vec<&'static str>,
}

impl RealMeilisearch {
    pub(crate) async fn hold_to<F: Future<Output = ()>>(
        &mut self,
        name: &'static str,
        promise: impl FnOnce(Engine) -> F,
    ) {
        let Some(config) = real_server() else { return };
        let engine = Engine::over(MeilisearchSearch::new(&config).unwrap()).await;
        if AssertUnwindSafe(promise(engine)).catch_unwind().await.is_err() {
            self.broken.push(name);
        }
        delete_indexes(&config).await;
    }

    /// # Panics
    /// When a promise was broken.
    pub(crate) fn finish(self) {
        if real_server().is_none() {
            // Past the capture of the output: a check that did not run must not look as if.
            let told = "not tried: the search contract on a real Meilisearch (VITRINE_TEST_MEILISEARCH_URL)";
            #[expect(
                clippy::explicit_write,
                reason = "what a test prints by itself is shown only if it fails"
            )]
            writeln!(std::io::stderr(), "{told}").unwrap();
        }
        assert!(self.broken.is_empty(), "broken: {:#?}", self.broken);
    }
}

pub(crate) fn config(server: &MeilisearchStandIn) -> MeilisearchConfig {
    MeilisearchConfig {
        url: server.url(),
        api_key: Some(MeilisearchStandIn::KEY.to_owned()),
        index: "products".to_owned(),
        timeout: Duration::from_secs(10),
        task_timeout: Duration::from_secs(10),
    }
}

/// With an index that nobody else has.
pub(crate) fn real_server() -> Option<MeilisearchConfig> {
    let url = env::var("VITRINE_TEST_MEILISEARCH_URL")
        .ok()
        .filter(|url| !url.is_empty())?;
    let number = RandomState::new().build_hasher().finish();
    Some(MeilisearchConfig {
        url,
        api_key: env::var("VITRINE_TEST_MEILISEARCH_KEY")
            .ok()
            .filter(|key| !key.is_empty()),
        index: format!("vitrine_test_{number:016x}"),
        timeout: Duration::from_secs(10),
        task_timeout: Duration::from_secs(120),
    })
}

pub(crate) async fn delete_indexes(config: &MeilisearchConfig) {
    for index in indexes(config).await {
        ask(config, Method::DELETE, &format!("/indexes/{index}")).await;
    }
}

/// Everything that was made for this configuration.
pub(crate) async fn indexes(config: &MeilisearchConfig) -> Vec<String> {
    let listed = ask(config, Method::GET, "/indexes?limit=1000").await;
    let uids = listed["results"].as_array().unwrap().iter().map(|index| &index["uid"]);
    let uids = uids.map(|uid| uid.as_str().unwrap().to_owned());
    uids.filter(|uid| uid.starts_with(&config.index)).collect()
}

async fn ask(config: &MeilisearchConfig, method: Method, path: &str) -> Value {
    let url = format!("{}{path}", config.url.trim_end_matches('/'));
    let mut request = vitrine_tests::client::http().request(method, url);
    if let Some(key) = &config.api_key {
        request = request.bearer_auth(key);
    }
    let answer = request.send().await.unwrap().error_for_status().unwrap();
    answer.json().await.unwrap()
}

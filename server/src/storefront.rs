//! The storefront's pages (`vitrine_web`), over the very API that everybody has: its documents go the way of `POST /graphql`,
//! in this process, as the visitor.

use std::{borrow::Cow, convert::Infallible, sync::Arc};

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    response::Response,
};
use chrono::Days;
use tower::ServiceExt;
use vitrine_adapters::config::{Config, Environment};
use vitrine_commerce::{
    Shop,
    flags::{self, Capability},
    shown,
};
use vitrine_edge::{IsKept, KeptPages, origin_of};
use vitrine_web::{Answered, Api, Making, Settings, Upload, Visitor};

use crate::{
    auth::{ORDER_ACCESS_TOKEN, VISITOR},
    locality,
};

/// What a form with pictures has besides them, at most.
const FORM_BYTES: usize = 64 * 1024;

/// More than any document of the pages is answered with.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The pages; and what is shown where there is none.
pub struct Storefront {
    pub pages: Router,
    /// Those that take pictures.
    pub uploads: Router,
    pub missing: Router,
    /// For other pages in the shop's frame.
    pub site: vitrine_web::Site,
}

/// `api` has the routes of GraphQL, and of the REST facade; `kept`, where pages are kept that are made of its answers.
///
/// # Errors
/// For a theme that cannot be used.
pub fn open(config: &Config, shop: &Shop, api: Router, kept: Option<KeptPages>) -> anyhow::Result<Storefront> {
    let api = InProcess {
        routes: api,
        shop: shop.clone(),
        kept,
    };
    let routes = vitrine_web::routes(Arc::new(api), settings(config, shop))?;
    Ok(Storefront {
        pages: routes.pages,
        uploads: routes.uploads,
        missing: Router::new()
            .fallback(vitrine_web::missing)
            .with_state(routes.site.clone()),
        site: routes.site,
    })
}

fn settings(config: &Config, shop: &Shop) -> Settings {
    Settings {
        public_url: config.public_url(),
        theme: config.web.theme.clone(),
        development: config.environment == Environment::Development,
        pictures: config.media.base_url.as_deref().and_then(origin_of),
        upload_bytes_max: usize::try_from(config.media.bytes_max())
            .unwrap_or(usize::MAX)
            .saturating_add(FORM_BYTES),
        file_bytes_max: usize::try_from(shop.settings.bulk.bytes_max)
            .unwrap_or(usize::MAX)
            .saturating_add(FORM_BYTES),
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The API, without a network between.
struct InProcess {
    routes: Router,
    shop: Shop,
    kept: Option<KeptPages>,
}

#[async_trait]
impl Api for InProcess {
    async fn ask(&self, visitor: &Visitor, body: Bytes) -> Answered {
        let sent = Sent {
            method: Method::POST,
            path: "/graphql".into(),
            accept: "application/graphql-response+json",
            content_type: JSON,
            body,
        };
        answered(self.send(visitor, sent).await).await
    }

    async fn follow(&self, visitor: &Visitor, body: Bytes) -> Response {
        let sent = Sent {
            method: Method::POST,
            path: "/graphql".into(),
            accept: "text/event-stream",
            content_type: JSON,
            body,
        };
        self.send(visitor, sent).await
    }

    async fn send_file(&self, visitor: &Visitor, file: Upload) -> Answered {
        let sent = Sent {
            method: if file.is_put { Method::PUT } else { Method::POST },
            path: file.path.into(),
            accept: "application/json",
            content_type: file.content_type,
            body: file.body,
        };
        answered(self.send(visitor, sent).await).await
    }

    fn day(&self, days_ago: u32) -> String {
        let today = self.shop.profile().date(self.shop.now());
        let day = today.checked_sub_days(Days::new(u64::from(days_ago)));
        day.unwrap_or(today).to_string()
    }

    fn has_for_all(&self, capability: &str) -> Option<bool> {
        Capability::named(capability).and_then(|capability| flags::is_on_for_all(&self.shop, capability))
    }

    async fn keep(&self, name: &str, sent: &HeaderMap, make: Making<'_>) -> Response {
        match &self.kept {
            Some(kept) => kept.get_or_make(name, sent, make).await,
            None => make.await,
        }
    }

    fn secret(&self) -> String {
        // It is for one visitor.
        shown::note_private();
        self.shop.ids.unguessable().simple().to_string()
    }
}

/// A request, but for who sends it.
struct Sent {
    method: Method,
    path: Cow<'static, str>,
    accept: &'static str,
    content_type: HeaderValue,
    body: Bytes,
}

impl InProcess {
    async fn send(&self, visitor: &Visitor, sent: Sent) -> Response {
        let request = Request::builder().method(sent.method).uri(sent.path.as_ref());
        let mut request = request.body(Body::from(sent.body)).unwrap_or_default();
        *request.extensions_mut() = visitor.extensions.clone();
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, sent.content_type);
        headers.insert(header::ACCEPT, HeaderValue::from_static(sent.accept));
        head(visitor, headers);
        let answered: Result<Response, Infallible> = self.routes.clone().oneshot(request).await;
        let Ok(response) = answered;
        if response.extensions().get::<IsKept>().is_none() {
            shown::note_private();
        }
        response
    }
}

async fn answered(response: Response) -> Answered {
    let (parts, body) = response.into_parts();
    let retry_after = parts.headers.get(header::RETRY_AFTER);
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
    let read = to_bytes(body, ANSWER_BYTES_MAX).await;
    Answered {
        status: if read.is_ok() {
            parts.status
        } else {
            StatusCode::INTERNAL_SERVER_ERROR
        },
        retry_after,
        body: read.unwrap_or_default(),
    }
}

fn head(visitor: &Visitor, headers: &mut HeaderMap) {
    if let Some(agent) = &visitor.user_agent {
        headers.insert(header::USER_AGENT, agent.clone());
    }
    let bearer = visitor.access_token.as_ref().map(|token| format!("Bearer {token}"));
    if let Some(bearer) = bearer.and_then(|bearer| HeaderValue::try_from(bearer).ok()) {
        headers.insert(header::AUTHORIZATION, bearer);
    }
    let (country, language) = (visitor.country.as_deref(), visitor.language.as_deref());
    for (name, said) in locality::of_visitor(country, language, visitor.reads.as_deref()) {
        headers.insert(name, said);
    }
    if let Some(key) = visitor.key.as_deref().and_then(|key| HeaderValue::try_from(key).ok()) {
        headers.insert(VISITOR, key);
    }
    if !visitor.order_tokens.is_empty()
        && let Ok(tokens) = HeaderValue::try_from(visitor.order_tokens.join(","))
    {
        headers.insert(ORDER_ACCESS_TOKEN, tokens);
    }
}

//! Every door of the server in one place.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use axum::{
    Router,
    http::{HeaderName, StatusCode, header},
    middleware,
};
use tower_http::timeout::TimeoutLayer;
use vitrine_adapters::{
    boot::Booted,
    config::{Answers, Config, Environment},
};
use vitrine_commerce::{
    Shop,
    trace::{self, Origin},
};
use vitrine_edge::{
    self as edge, Drain, GraphqlEndpoint, HttpSettings, KeptPages, KeptSettings, Tracing,
    document::{Documents, limits::GraphqlLimits},
};

use crate::{
    auth::{ORDER_ACCESS_TOKEN, VISITOR, authenticate},
    downloads,
    graphql::{
        schema::{language, schema},
        session::WITHOUT_TOKEN,
        shared::{KeptRows, PublicUrl},
    },
    health::{self, ComponentHealth},
    jwks,
    kept::{self, ShopKeeper},
    limits::{self, Counting},
    locality, media,
    pages::{
        account, dev_mail, dev_parcels, dev_payments, home, ide, order, pictures, schema_file, sitemap, staff, stop,
    },
    personal_data,
    rest::{self, Retirement},
    sign_in, storefront, webhooks,
};

/// How many operations of the greatest cost one address may have running; of usual ones it is some thousands.
const RUNNING_MAX: usize = 3;

/// Which part of the memory for answers is for rows below them.
const ROWS_SHARE: u64 = 4;

/// How long anything but GraphQL, which has a bound of its own, may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How long a picture may take: as long as it may wait for a turn to be made, and then the making of a large one.
const PICTURE_TIMEOUT: Duration = Duration::from_secs(60);

/// The routes of the shop.
pub fn router(booted: &Booted, config: &Config) -> anyhow::Result<Router> {
    router_draining(booted, config, Drain::default())
}

/// As [`router`], for a server that ends its streams when `drain` begins. Fails when trusted documents
/// cannot be read, or are not valid.
pub fn router_draining(booted: &Booted, config: &Config, drain: Drain) -> anyhow::Result<Router> {
    let settings = settings(config);
    let shop = &booted.shop;
    let documents = Arc::new(documents(config)?);
    let development = config.environment == Environment::Development;
    let tokens = vitrine_web::tokens(config.web.theme.as_deref())?;
    let url = PublicUrl::new(&config.public_url()).with_media(config.media.base_url.as_deref());
    let schema = schema(shop.clone(), url.clone(), Arc::clone(&documents));
    let answers = &config.answers;
    let rows = answers
        .enabled
        .then(|| Arc::new(KeptRows::new(answers.bytes_max / ROWS_SHARE)));
    let authenticate = authenticate(shop.clone(), rows);
    let mut endpoint = GraphqlEndpoint::new(schema, authenticate, settings.clone(), drain.clone());
    if answers.enabled {
        endpoint = endpoint.keeping(documents, ShopKeeper(shop.clone()), kept(answers));
    }
    let mut others = webhooks::routes(shop.clone())
        .merge(pictures::routes())
        .merge(downloads::routes(shop.clone()))
        .merge(jwks::routes(shop.clone()))
        .merge(sign_in::routes(shop.clone(), settings.clone()))
        .merge(staff::routes(config.web.enabled))
        .merge(personal_data::routes(shop.clone()))
        .merge(schema_file::routes())
        .merge(sitemap::routes(shop.clone(), url.clone()));
    // The second factor's page is the simulated provider's own, and there wherever it is.
    if let Some(provider) = &booted.simulated {
        others = others.merge(dev_payments::routes(provider.clone()));
    }
    if let Some(carrier) = &booted.simulated_carrier {
        others = others.merge(dev_parcels::routes(shop.clone(), carrier.clone()));
    }
    if development {
        endpoint = endpoint.with_page(ide::page);
        others = others.merge(ide::routes(&tokens));
    }
    // What is kept, pages among them, is counted where it is found.
    let measure = || middleware::from_fn(edge::metrics::measure);
    let rest = rest::routes(
        shop.clone(),
        settings.clone(),
        url,
        Retirement::new(&config.rest),
        drain.clone(),
        &tokens,
    )
    .layer(measure());
    let api = edge::routes(endpoint.clone()).merge(rest.clone());
    let shown = pages(config, shop, api, endpoint.kept_pages())?;
    others = others.merge(stop::routes(shop.clone(), shown.site.clone()));
    if let Some(folder) = booted.mail_folder.as_ref().filter(|_| development) {
        others = others.merge(dev_mail::routes(folder.clone(), booted.sms_folder.clone(), shown.site));
    }
    let others = others.layer(measure()).merge(shown.pages);
    // A webhook that was not stored in time should come again.
    let within = |bound| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, bound);
    let bodies = middleware::from_fn_with_state(settings.clone(), edge::bodies::bound);
    let others = others.layer(bodies).layer(within(TIMEOUT));
    let pictures_of_store = media::routes(shop.clone())
        .merge(shown.uploads)
        .layer(measure())
        .layer(within(PICTURE_TIMEOUT));
    let routes = edge::routes(endpoint)
        .merge(others)
        .merge(pictures_of_store)
        .merge(rest)
        .merge(health::routes(drain, probe(booted)));
    let routes = match shown.missing {
        Some(missing) => routes.fallback_service(missing),
        None => routes,
    };
    let counting = Counting {
        shop: shop.clone(),
        refuse_api: rest::refuse_limited,
    };
    let routes = routes.layer(middleware::from_fn_with_state(counting, limits::count));
    let ids = shop.ids.clone();
    Ok(edge::finish(routes, &settings, move || {
        ids.unguessable().simple().to_string()
    }))
}

/// What shoppers and staff see.
struct Pages {
    pages: Router,
    /// Those that take pictures.
    uploads: Router,
    /// What stands where there is nothing.
    missing: Option<Router>,
    /// In whose frame other pages are shown.
    site: Option<vitrine_web::Site>,
}

/// The storefront and the dashboard, or what a shop needs without them.
fn pages(config: &Config, shop: &Shop, api: Router, kept: Option<KeptPages>) -> anyhow::Result<Pages> {
    if config.web.enabled {
        let storefront = storefront::open(config, shop, api, kept)?;
        return Ok(Pages {
            pages: storefront.pages,
            uploads: storefront.uploads,
            missing: Some(storefront.missing),
            site: Some(storefront.site),
        });
    }
    let pages = order::routes().merge(account::routes());
    Ok(Pages {
        pages: match config.environment {
            Environment::Development => pages.merge(home::routes(shop)),
            Environment::Production => pages,
        },
        uploads: Router::new(),
        missing: None,
        site: None,
    })
}

/// What may be asked, and by which documents.
fn documents(config: &Config) -> anyhow::Result<Documents> {
    let limits = GraphqlLimits {
        without_token: WITHOUT_TOKEN,
        complexity: config.http.query_cost_max,
        ..GraphqlLimits::default()
    };
    let documents = Documents::new(language(), limits, config.environment == Environment::Development);
    let documents = documents.keeping(kept::is_public);
    let Some(path) = &config.graphql.trusted_documents else {
        return Ok(documents);
    };
    let named = || format!("`graphql.trusted_documents`, {}", path.display());
    let manifest = std::fs::read_to_string(path).with_context(named)?;
    let only = config.graphql.trusted_documents_only;
    let documents = documents.trusting(&manifest, only).with_context(named)?;
    // What the pages ask is the shop's own, too.
    match config.web.enabled && only {
        true => Ok(documents.trusting_too(vitrine_web::documents())?),
        false => Ok(documents),
    }
}

/// How answers are kept, as it is configured.
fn kept(answers: &Answers) -> KeptSettings {
    KeptSettings {
        bytes_max: answers.bytes_max - answers.bytes_max / ROWS_SHARE,
        s_maxage: answers.s_maxage,
        private_headers: vec![header::AUTHORIZATION, ORDER_ACCESS_TOKEN],
    }
}

/// The edge's bounds, as they are configured.
pub fn settings(config: &Config) -> HttpSettings {
    HttpSettings {
        origins_allowed: config.http.cors_origins.clone(),
        headers_allowed: allowed_headers(config),
        headers_exposed: rest::HEADERS_EXPOSED.into(),
        varies: Some(locality::VARIES),
        // A front end under development has a server of its own, at whichever port.
        local_origins_allowed: config.environment == Environment::Development,
        requests_max: config.http.requests_max,
        running_cost_per_address: running_cost_per_address(config),
        is_https: config.public_url().starts_with("https://"),
        trusted_proxies: config.trusted_proxies(),
        connections_max: config.http.connections_max,
        idle_timeout: Duration::from_secs(config.http.idle_timeout_seconds),
        connections_per_address: config.limits.connections_per_address,
        streams_max: config.http.streams_max,
        streams_per_address: config.limits.streams_per_address,
        access_log: config.log.access,
        tracing: tracing(),
        ..HttpSettings::default()
    }
}

/// The edge's requests begin traces as the shop's jobs do.
fn tracing() -> Tracing {
    Tracing {
        begin: |traceparent, make| begun(trace::begin(Origin::Caller, traceparent, make)),
        go_on: |traceparent, make| begun(trace::begin(Origin::Ours, traceparent, make)),
        note: |key, value| trace::note(key, value),
    }
}

fn begun(begun: trace::Begun) -> edge::Begun {
    edge::Begun {
        span: begun.span,
        traceparent: begun.traceparent,
        is_recorded: begun.is_recorded,
    }
}

/// Widened and lifted with all other limits by address.
fn running_cost_per_address(config: &Config) -> usize {
    if !config.limits.enabled {
        return usize::MAX;
    }
    let wide = config.http.query_cost_max.saturating_mul(RUNNING_MAX);
    (wide as f64 * config.limits.factor.max(1.0)) as usize
}

/// What pages of other origins may send; the configuration was checked for what is no header's name.
fn allowed_headers(config: &Config) -> Vec<HeaderName> {
    let configured = config.http.cors_headers.iter();
    let configured = configured.filter_map(|name| HeaderName::try_from(name.as_str()).ok());
    let ours = rest::HEADERS_ALLOWED
        .into_iter()
        .chain(locality::HEADERS)
        .chain([VISITOR]);
    ours.chain(configured).collect()
}

fn probe(
    booted: &Booted,
) -> impl Fn() -> futures::future::BoxFuture<'static, Vec<ComponentHealth>> + Send + Sync + 'static {
    let booted = booted.clone();
    move || {
        let booted = booted.clone();
        Box::pin(async move {
            let components = booted.health().await.into_iter();
            components
                .map(|component| {
                    if let Some(detail) = &component.detail {
                        tracing::warn!(component = component.name, detail, "a component does not answer");
                    }
                    // What went wrong is the operator's to read in the log, not the public's.
                    ComponentHealth {
                        name: component.name,
                        ok: component.ok,
                        required: component.required,
                        detail: component.reason,
                    }
                })
                .collect()
        })
    }
}

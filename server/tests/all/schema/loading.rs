use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_graphql::Request;
use sea_orm::DatabaseConnection;
use vitrine_adapters::{boot, config::Config};
use vitrine_commerce::{Context, Shop, Viewer, shop::Parts};
use vitrine_edge::document::{Documents, limits::GraphqlLimits};
use vitrine_server::graphql::{
    schema::{language, schema},
    shared::{PublicUrl, loaders},
};

const LISTING: &str = "query($first: Int!) { products(first: $first) { nodes {
    slug title availableForSale priceRange { min { amount } } featuredPicture { url }
    category { name ancestors { name } } collections { title } attributes { value } options { name }
    variants { sku price { amount } compareAtPrice { amount } availableQuantity picture { url } options { value } product { slug } }
} } }";

/// How often a page is listed until it takes few statements: a machine with much else to do gathers what is asked in several turns.
const TRIES_MAX: usize = 50;

/// However long a page is, each question is asked once.
#[tokio::test]
async fn a_listing_takes_a_fixed_number_of_statements() {
    let (shop, statements) = counted().await;
    let short = least(&shop, &statements, 2, 0).await;
    let long = least(&shop, &statements, 24, short + 2).await;
    assert!((4..=16).contains(&long), "{long} statements for a page of 24");
    assert!(
        long <= short + 2,
        "{short} and {long}: the statements grow with the page"
    );
}

/// How few statements a page takes, in three tries or as many as it needs to take no more than `enough`.
async fn least(shop: &Shop, statements: &AtomicUsize, first: usize, enough: usize) -> usize {
    let tries = if enough == 0 { 3 } else { TRIES_MAX };
    let mut least = usize::MAX;
    for _ in 0..tries {
        statements.store(0, Ordering::SeqCst);
        assert_eq!(list(shop, first).await, first);
        least = least.min(statements.load(Ordering::SeqCst));
        if least <= enough {
            break;
        }
    }
    least
}

async fn list(shop: &Shop, first: usize) -> usize {
    let documents = Documents::new(language(), GraphqlLimits::default(), true);
    let schema = schema(shop.clone(), PublicUrl::new("http://127.0.0.1"), documents);
    let caller = Context::new(shop, Viewer::Guest, "test");
    let loaders = loaders(shop.clone(), caller.clone(), None);
    let variables = async_graphql::Variables::from_json(serde_json::json!({ "first": first }));
    let request = Request::new(LISTING).variables(variables).data(caller).data(loaders);
    let response = schema.execute(request).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let data = response.data.into_json().expect("JSON");
    data["products"]["nodes"].as_array().map(Vec::len).unwrap_or_default()
}

/// The demo shop in memory, and how many statements its database was asked.
async fn counted() -> (Shop, Arc<AtomicUsize>) {
    let text =
        "[database]\nurl = \"sqlite::memory:\"\n[auth]\nsigning_secret = \"for a test, and long enough for one\"\n";
    let config = Config::from_toml(text).expect("a configuration");
    let shop = boot::boot(&config).await.expect("a shop").shop;
    vitrine_demo::seed(&shop, &Context::system(&shop, "test"), |_, _| {})
        .await
        .expect("the demo catalogue");
    let statements = Arc::new(AtomicUsize::new(0));
    let mut db = DatabaseConnection::clone(&shop.db);
    let counter = Arc::clone(&statements);
    db.set_metric_callback(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let parts = Parts {
        db: db.into(),
        clock: shop.clock.clone(),
        ids: shop.ids.clone(),
        queue: shop.queue.clone(),
        bus: shop.bus.clone(),
        rate_limiter: shop.rate_limiter.clone(),
        mailer: shop.mailer.clone(),
        sms: shop.sms.clone(),
        push: shop.push.clone(),
        search: shop.search.clone(),
        media: shop.media.clone(),
        imaging: shop.imaging.clone(),
        documents: shop.documents.clone(),
        picture_source: shop.picture_source.clone(),
        webhook_sender: shop.webhook_sender.clone(),
        event_stream: shop.event_stream.clone(),
        payment_providers: shop.payment_providers.clone(),
        carriers: shop.carriers.clone(),
        parcel_labels: shop.parcel_labels.clone(),
        legacy: shop.legacy.clone(),
        identity_providers: shop.identity_providers.clone(),
        vat_register: shop.vat_register.clone(),
        exchange_rates: shop.exchange_rates.clone(),
        settings: shop.settings.clone(),
    };
    let profile = (*shop.profile()).clone();
    (Shop::new(parts, profile), statements)
}

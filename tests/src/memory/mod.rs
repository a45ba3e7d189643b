//! A shop on a database of its own, with a clock that stands still and ports that remember.
//!
//! The database is SQLite in memory; where `VITRINE_TEST_DATABASE_URL` names a PostgreSQL, its
//! tables are temporary ones there, which end with their only connection.
//!
//! The unit tests of `commerce` compile this folder in, too: a crate that depends on `commerce`
//! would give them a second copy of its types.

mod clock;
mod documents;
mod media;
mod ports;
mod search;

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, EntityTrait, IntoActiveModel};
use vitrine_commerce::{
    Context, Error, ErrorCode, Settings, Shop, Viewer,
    money::Currency,
    ports::{event_bus::Topic, ids::SystemIds},
    profile::Profile,
    settings,
    shop::{BulkSettings, LimitSettings, MediaSettings, Parts},
};
use vitrine_entity::{
    ids::StaffMemberId,
    staff_member::{self, StaffRole},
};
use vitrine_migration::{Migrator, MigratorTrait};

pub use self::{
    clock::TestClock,
    documents::PlainText,
    media::{MemoryStore, NoImaging, Nowhere},
    ports::{Answer, Memory, NoLimits, NobodyListens, Post},
    search::MemorySearch,
};

/// A shop with an empty database, and what it is connected to.
pub struct Fixture {
    pub shop: Shop,
    pub clock: Arc<TestClock>,
    pub bus: Arc<Memory<Topic>>,
    pub post: Arc<Post>,
    pub search: Arc<MemorySearch>,
}

/// Gives the one connection a schema of its own. It outlives its test, and goes when another is made a day later.
const SCHEMA: &str = r"do $$
declare
    age_max constant bigint := 24 * 60 * 60;
    now_s constant bigint := extract(epoch from now());
    own constant text := format('vitrine_test_schema_%s_%s', now_s, replace(gen_random_uuid()::text, '-', ''));
    old text;
begin
    for old in select nspname from pg_namespace
        where nspname like 'vitrine\_test\_schema\_%' and split_part(nspname, '_', 4)::bigint < now_s - age_max
    loop
        execute format('drop schema if exists %I cascade', old);
    end loop;
    execute format('create schema %I', own);
    perform set_config('search_path', own, false);
end $$";

pub async fn fixture() -> Fixture {
    fixture_with(|_| {}).await
}

/// With other parts than those that remember.
pub async fn fixture_with(change: impl FnOnce(&mut Parts)) -> Fixture {
    let mut options = match std::env::var("VITRINE_TEST_DATABASE_URL") {
        Ok(url) => ConnectOptions::new(url),
        Err(_) => ConnectOptions::new("sqlite::memory:"),
    };
    // Each further connection would have a database of its own. One catches whoever reads past their own
    // transaction, too: they would wait for ever.
    options.max_connections(1).min_connections(1).sqlx_logging(false);
    // Whoever is called off while sqlx asks a connection whether it is there, takes it along: in memory that is all.
    options.test_before_acquire(false);
    let mut db = Database::connect(options).await.expect("a database");
    db.set_metric_callback(|run| {
        vitrine_commerce::shown::statement(&run.statement.sql);
    });
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(SCHEMA).await.expect("a schema");
    }
    Migrator::up(&db, None).await.expect("migrated");
    let clock = Arc::<TestClock>::default();
    let bus: Arc<Memory<Topic>> = Arc::default();
    let (post, search) = (Arc::<Post>::default(), Arc::<MemorySearch>::default());
    let mut parts = Parts {
        db: db.into(),
        clock: clock.clone(),
        ids: Arc::new(SystemIds::default()),
        queue: Arc::new(ports::NoQueue),
        bus: bus.clone(),
        rate_limiter: Arc::new(NoLimits),
        mailer: post.clone(),
        sms: None,
        push: None,
        search: search.clone(),
        media: Arc::<media::MemoryStore>::default(),
        imaging: Arc::new(media::NoImaging),
        documents: Arc::new(PlainText),
        picture_source: Arc::new(media::Nowhere),
        webhook_sender: Arc::new(ports::NobodyListens),
        event_stream: None,
        payment_providers: BTreeMap::new(),
        carriers: BTreeMap::new(),
        parcel_labels: None,
        legacy: None,
        identity_providers: BTreeMap::new(),
        vat_register: None,
        exchange_rates: None,
        settings: settings(),
    };
    change(&mut parts);
    let profile = Profile::new("Vitrine", "PT", Currency::EUR, "en");
    let profile = settings::open(&parts.db, parts.clock.now(), &profile).await;
    let shop = Shop::new(parts, profile.expect("the shop's settings"));
    Fixture {
        shop,
        clock,
        bus,
        post,
        search,
    }
}

pub fn context(viewer: Viewer) -> Context {
    Context {
        viewer,
        session: None,
        user_agent: None,
        order_access_tokens: [].into(),
        correlation_id: "test".to_owned(),
        traceparent: None,
        client_address: None,
        currency: Currency::EUR,
        shown: Currency::EUR,
        country: "PT".into(),
        locale: "en".into(),
        message_locale: "en".into(),
        visitor: None,
        by_legacy_client: false,
        terms: Arc::default(),
    }
}

/// A member of staff who is in the database, too: the audit log names them.
pub async fn staff(shop: &Shop, role: StaffRole) -> Context {
    let id = StaffMemberId(shop.new_id());
    let row = staff_member::Model {
        id,
        email: format!("{id}@example.com"),
        name: "Ada".into(),
        password_hash: String::new(),
        role,
        active: true,
        created_at: shop.now(),
        role_id: None,
        version: 1,
        language: None,
    };
    staff_member::Entity::insert(row.into_active_model())
        .exec_without_returning(&shop.db)
        .await
        .expect("staff");
    context(Viewer::Staff(id, role.into()))
}

/// The codes of a refusal.
pub fn codes<T>(outcome: Result<T, Error>) -> Vec<ErrorCode> {
    match outcome {
        Ok(_) => panic!("it was done"),
        Err(Error::Refused(refusals)) => refusals.into_iter().map(|refusal| refusal.code).collect(),
        Err(Error::Fault(fault)) => panic!("{fault:?}"),
    }
}

pub fn settings() -> Settings {
    Settings {
        public_url: "https://shop.example".to_owned(),
        order_url: "https://shop.example/orders/{order}?token={token}".to_owned(),
        draft_order_url: "https://shop.example/drafts/{draft}?token={token}".to_owned(),
        product_url: None,
        category_url: None,
        collection_url: None,
        staff_url: "https://shop.example/staff/{page}#{token}".to_owned(),
        account_url: "https://shop.example/account/{page}#{token}".to_owned(),
        reservation: TimeDelta::minutes(30),
        payment_settle_after: TimeDelta::minutes(1),
        payment_provider: "none".to_owned(),
        capture_on_dispatch: false,
        capture_before_hold_ends: false,
        holds: Default::default(),
        second_reminder: None,
        alerts_to: Some("shop@example.com".to_owned()),
        vat_form_is_enough: true,
        rate_jump_percent_max: 10,
        order_retention_years: 10,
        retention: Default::default(),
        signing_secret: b"a secret of thirty-two bytes or so".to_vec(),
        signing_secrets_previous: Vec::new(),
        signing_key_lifetime: TimeDelta::days(90),
        access_token_lifetime: TimeDelta::minutes(10),
        refresh_token_lifetime: TimeDelta::days(30),
        refresh_token_grace: TimeDelta::seconds(20),
        media: MediaSettings {
            bytes_max: 1024 * 1024,
            file_bytes_max: 4 * 1024 * 1024,
            import: true,
        },
        bulk: BulkSettings {
            bytes_max: 1024 * 1024,
            lines_max: 10_000,
        },
        webhooks: Default::default(),
        limits: LimitSettings {
            enabled: true,
            factor: 1.0,
        },
    }
}

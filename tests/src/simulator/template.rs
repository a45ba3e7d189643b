//! The shop that every run begins with: migrated and stocked once a process, then copied.

use std::{path::Path, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, EntityTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::OnceCell;
use vitrine_adapters::{
    boot::{self, Outside},
    config::{Config, Secret},
};
use vitrine_commerce::{
    Context, Result, Settings, Shop, Tx,
    address::AddressInput,
    catalog::{
        self,
        draft::{ProductDraft, VariantDraft},
    },
    credit::{self, Grant, IssueGiftCard},
    delivery::{
        shipping::{self, MethodDraft, ZoneDraft},
        tax::{self, RateDraft},
    },
    discounts::{self, DiscountDraft, DiscountKind, OffDraft},
    documents::{self, DocumentSettingsChange, InvoiceAt, SellerChange},
    fulfilment::edits::{self, EditPolicyUpdate},
    inventory::{PolicySet, set_policy},
    locations::{self, LocationCreate},
    profile::Profile,
    settings::{self, ShopUpdate},
};
use vitrine_entity::{
    discount::{self, DiscountMethod},
    ids::{LocationId, VariantId},
    stock_policy::OutOfStockPolicy,
    variant,
};

use super::{
    ids::SeededIds,
    monitor,
    people::{CUSTOMERS, customer_id, write_people},
    time::WorldClock,
};

/// What is sold, what it costs and how many there are: scarce, but for one; one that is free, and one that nobody counts.
const GOODS: [(&str, i64, i64, bool); 6] = [
    ("LAMP", 12_900, 4, true),
    ("MUG", 1_450, 30, true),
    ("SAMPLE", 0, 12, false),
    ("SONG", 990, 0, false),
    ("TABLE", 89_900, 2, true),
    ("VASE", 4_995, 6, true),
];

/// What is promised when it is out, and how many of it at once: scarce, so that the limit is met.
const PROMISED: [(&str, i64); 2] = [("LAMP", 3), ("TABLE", 2)];

/// What never runs out.
const UNTRACKED: &str = "SONG";

/// How many statements a connection need not read again.
const STATEMENTS_KEPT: usize = 1_000;

/// What is on each gift card, which shoppers share: so little that two who pay at once want more than there is.
const GIFT_CARDS: [&str; 3] = ["25.00", "120.00", "900.00"];

/// What each customer has as store credit.
const STORE_CREDIT: &str = "60.00";

/// Of how many staff are told that little is left.
pub(super) const LOW: i32 = 2;

/// What some shoppers type, and how many orders may have it: scarce, so that the limit is met.
pub(super) const CODE: &str = "TENTH";
const CODE_ORDERS: i64 = 5;

/// A shop on disk, and what is known of it.
pub(super) struct Template {
    pub database: Vec<u8>,
    pub settings: Settings,
    pub profile: Profile,
    /// In SKU order.
    pub goods: Vec<Good>,
    /// Where stock lies: at first, and later.
    pub main: LocationId,
    pub annex: LocationId,
    /// Of the gift cards.
    pub codes: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Good {
    pub sku: &'static str,
    pub variant: VariantId,
    pub price_minor: i64,
    pub on_hand: i64,
    pub tracked: bool,
}

/// The template, made at the first call.
pub(super) async fn template() -> &'static Template {
    static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
    TEMPLATE.get_or_init(make).await
}

/// Opens an SQLite file. A run never meets a power cut, so nothing waits for the disk.
pub(super) async fn open(file: &Path, connections: u32) -> DatabaseConnection {
    let mut options = ConnectOptions::new(format!("sqlite://{}", file.display()));
    // Each statement is handed to another thread, and so is each look whether the connection lives.
    options
        .max_connections(connections)
        .test_before_acquire(false)
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .statement_cache_capacity(STATEMENTS_KEPT)
    });
    Database::connect(options).await.expect("the run's database opens")
}

async fn make() -> Template {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("template.db");
    let mut config = Config::default();
    config.database.url = Secret::new(format!("sqlite://{}?mode=rwc", file.display()));
    config.mail.folder = folder.path().join("mails");
    config.auth.signing_secret = Some(Secret::new("a secret of the simulator, and long enough"));
    let outside = Outside {
        clock: Arc::new(WorldClock::default()),
        ids: Arc::new(SeededIds::new(0)),
        ..Outside::default()
    };
    let booted = boot::boot_with(&config, outside).await.expect("the shop opens");
    stock_up(&booted.shop).await;
    let goods = goods(&booted.shop.db).await;
    let annex = make_promises(&booted.shop, &goods).await;
    make_discount(&booted.shop).await;
    have_documents(&booted.shop).await;
    let policy = EditPolicyUpdate {
        shopper_minutes: Some(60),
        ..EditPolicyUpdate::default()
    };
    let context = Context::system(&booted.shop, "template");
    edits::update_edit_policy(&booted.shop, &context, policy)
        .await
        .expect("a policy");
    let codes = give_credit(&booted.shop).await;
    let all = locations::all(&booted.shop.db).await.expect("the locations");
    let main = all.iter().map(|location| location.id).find(|id| *id != annex);
    let settings = Settings {
        alerts_to: Some("stock@example.com".to_owned()),
        ..booted.shop.settings.clone()
    };
    booted
        .shop
        .db
        .execute_unprepared("pragma wal_checkpoint(truncate)")
        .await
        .expect("the log is emptied");
    let profile = (*booted.shop.profile()).clone();
    drop(booted);
    let copy = folder.path().join("copy.db");
    let source = open(&file, 1).await;
    monitor::install(&source).await;
    source
        .execute_unprepared(&format!("vacuum into '{}'", copy.display()))
        .await
        .expect("the template is copied");
    Template {
        database: std::fs::read(copy).expect("the template is read"),
        settings,
        profile,
        goods,
        main: main.expect("the first location"),
        annex,
        codes,
    }
}

async fn stock_up(shop: &Shop) {
    let drafts = &GOODS.map(|(sku, price_minor, on_hand, requires_shipping)| ProductDraft {
        slug: sku.to_lowercase(),
        title: format!("A {}", sku.to_lowercase()),
        variants: vec![VariantDraft {
            sku: sku.to_owned(),
            price_minor,
            on_hand: Some(on_hand),
            requires_shipping,
            low_stock_threshold: Some(LOW),
            ..VariantDraft::default()
        }],
        active: true,
        ..ProductDraft::default()
    });
    let context = Context::system(shop, "template");
    let outcome = shop.transact(&context, |tx| async move {
        for draft in drafts {
            catalog::save(&tx, draft).await?;
        }
        write_region(&tx).await
    });
    outcome.await.expect("goods and region are saved");
    write_people(shop).await;
}

/// Opens a second location, and says what may be promised.
async fn make_promises(shop: &Shop, goods: &[Good]) -> LocationId {
    let context = Context::system(shop, "template");
    let annex = LocationCreate {
        name: "Annex".to_owned(),
        address: None,
        active: true,
        pickup: false,
        pickup_instructions: None,
        opening_hours: None,
    };
    let annex = locations::create(shop, &context, annex).await.expect("a location");
    for (sku, limit) in PROMISED {
        let good = goods.iter().find(|good| good.sku == sku).expect("a good");
        let policy = PolicySet {
            policy: OutOfStockPolicy::Backorder,
            unit_limit: Some(limit),
            promise_days: Some(7),
            ..PolicySet::usual(good.variant)
        };
        set_policy(shop, &context, policy).await.expect("a policy");
    }
    let song = goods.iter().find(|good| !good.tracked).expect("a good");
    let policy = PolicySet {
        tracked: false,
        ..PolicySet::usual(song.variant)
    };
    set_policy(shop, &context, policy).await.expect("a policy");
    annex.id
}

/// Every order gets its invoice as it is paid, every parcel a delivery note, and both go out by mail.
async fn have_documents(shop: &Shop) {
    let context = Context::system(shop, "template");
    let address = AddressInput {
        name: "Vitrine".to_owned(),
        line1: "Lindenstraße 1".to_owned(),
        city: "Berlin".to_owned(),
        postal_code: "10969".to_owned(),
        country: "DE".to_owned(),
        ..AddressInput::default()
    };
    let named = ShopUpdate {
        address: Some(Some(address)),
        ..ShopUpdate::default()
    };
    settings::update(shop, &context, named).await.expect("an address");
    let change = DocumentSettingsChange {
        seller: SellerChange {
            tax_number: Some(Some("37/123/45678".to_owned())),
            ..SellerChange::default()
        },
        invoice_at: Some(InvoiceAt::Payment),
        delivery_notes: Some(true),
        mailed: Some(true),
        ..DocumentSettingsChange::default()
    };
    documents::update(shop, &context, change).await.expect("documents");
}

/// A tenth off, for whoever types the code, a few times.
async fn make_discount(shop: &Shop) {
    let context = Context::system(shop, "template");
    let draft = DiscountDraft {
        title: "A tenth off".to_owned(),
        method: DiscountMethod::Code,
        kind: DiscountKind::Order,
        value: Some(OffDraft {
            percentage: Some("10".to_owned()),
            ..OffDraft::default()
        }),
        tiers: Vec::new(),
        goods: discount::Goods::default(),
        buy: discount::Goods::default(),
        buy_quantity: None,
        buy_spend: Vec::new(),
        get_quantity: None,
        times_max: None,
        price_max: Vec::new(),
        countries: Vec::new(),
        minimum_quantity: None,
        minimum_spend: Vec::new(),
        first_order: false,
        customer_groups: Vec::new(),
        markets: Vec::new(),
        currencies: Vec::new(),
        combines_with: Vec::new(),
        priority: 0,
        starts_at: None,
        ends_at: None,
        usage_limit: Some(CODE_ORDERS),
        usage_limit_per_customer: Some(2),
        usage_limit_per_code: Some(CODE_ORDERS),
    };
    let made = discounts::create(shop, &context, &draft, &[CODE.to_owned()]).await;
    let id = made.expect("a discount").id;
    discounts::activate(shop, &context, id, None).await.expect("it is on");
}

/// Issues the gift cards and gives the customers credit. Gives the codes.
async fn give_credit(shop: &Shop) -> Vec<String> {
    let context = Context::system(shop, "template");
    let mut codes = Vec::new();
    for amount in GIFT_CARDS {
        let card = IssueGiftCard {
            amount: amount.to_owned(),
            ..IssueGiftCard::default()
        };
        codes.push(credit::issue(shop, &context, card).await.expect("a gift card").code);
    }
    for number in 0..CUSTOMERS {
        let given = Grant {
            customer: customer_id(number),
            amount: STORE_CREDIT.to_owned(),
            currency: None,
            reason: "Welcome".to_owned(),
        };
        credit::grant(shop, &context, given).await.expect("store credit");
    }
    codes
}

async fn write_region(tx: &Tx) -> Result<()> {
    let zone = ZoneDraft {
        name: "Everywhere".to_owned(),
        countries: vec!["*".to_owned()],
        methods: vec![MethodDraft {
            name: "Standard".to_owned(),
            amount_minor: 490,
            free_from_minor: Some(90_000),
            ..MethodDraft::default()
        }],
        ..ZoneDraft::default()
    };
    shipping::init(tx, &[zone]).await?;
    let rate = RateDraft {
        country: "DE".to_owned(),
        name: "VAT".to_owned(),
        basis_points: 1900,
        confirmed: true,
        ..RateDraft::default()
    };
    tax::init(tx, &[rate]).await
}

async fn goods(db: &DatabaseConnection) -> Vec<Good> {
    let variants = variant::Entity::find().all(db).await.expect("variants");
    let id_of = |sku: &str| {
        variants
            .iter()
            .find(|variant| variant.sku == sku)
            .expect("a variant")
            .id
    };
    GOODS
        .iter()
        .map(|(sku, price_minor, on_hand, _)| Good {
            sku,
            variant: id_of(sku),
            price_minor: *price_minor,
            on_hand: *on_hand,
            tracked: *sku != UNTRACKED,
        })
        .collect()
}

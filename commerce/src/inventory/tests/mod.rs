//! The algebra of stock: a pure model beside the SQL, whatever is done in whatever order.

mod model;

use std::collections::HashMap;

use proptest::{prelude::*, test_runner::TestRunner};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;
use vitrine_entity::{
    address::Address,
    currency::Currency,
    ids::{OrderId, StaffMemberId, VariantId},
    order::{self, OrderStatus},
    outbox,
    reservation::{self, ReservationState},
    staff_member::{self, StaffRole},
    stock, stock_entry, variant,
};

use self::model::{Model, Step};
use super::*;
use crate::{
    Error, Refusal, Viewer,
    catalog::{
        draft::{ProductDraft, VariantDraft},
        save,
    },
    memory::{Fixture, context, fixture},
};

/// How many runs are tried, and how many steps each has.
const RUNS: u32 = 48;
const STEPS_MAX: usize = 40;

const STAFF: StaffMemberId = StaffMemberId(Uuid::from_u128(1));

/// Where a run takes place: variants and orders that no other run touches.
struct World {
    variants: Vec<VariantId>,
    orders: Vec<OrderId>,
}

#[test]
fn stock_is_what_the_model_says() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let fixture = runtime.block_on(open());
    let mut runner = TestRunner::new(ProptestConfig {
        cases: RUNS,
        // A run that fails is told whole; what it left in the shop does not disturb the next.
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let steps = proptest::collection::vec(model::step(), 1..STEPS_MAX);
    let outcome = runner.run(&steps, |steps| {
        runtime.block_on(play(&fixture, &steps)).map_err(TestCaseError::fail)
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

async fn play(fixture: &Fixture, steps: &[Step]) -> Result<(), String> {
    let world = World::new(fixture).await;
    let mut model = Model::default();
    for (number, step) in steps.iter().enumerate() {
        let expected = model.take(step);
        let seen = world.take(fixture, step).await;
        if expected != seen {
            return Err(format!("step {number}, {step:?}: expected {expected}, saw {seen}"));
        }
        let (expected, seen) = (model.state(), world.state(fixture).await);
        if expected != seen {
            return Err(format!(
                "after step {number}, {step:?}: expected {expected:#?}, saw {seen:#?}"
            ));
        }
    }
    Ok(())
}

/// A shop with somebody who may adjust.
async fn open() -> Fixture {
    let fixture = fixture().await;
    let staff = staff_member::Model {
        id: STAFF,
        email: "grace@example.com".to_owned(),
        name: "Grace Hopper".to_owned(),
        password_hash: String::new(),
        role: StaffRole::Administrator,
        active: true,
        created_at: fixture.shop.now(),
        role_id: None,
        version: 1,
        language: None,
    };
    staff.into_active_model().insert(&fixture.shop.db).await.unwrap();
    fixture
}

impl World {
    async fn new(fixture: &Fixture) -> Self {
        let shop = &fixture.shop;
        let name = shop.new_id().simple().to_string();
        let skus: Vec<_> = (0..model::SKUS).map(|n| format!("{name}-{n}")).collect();
        let draft = ProductDraft {
            slug: name.clone(),
            title: "Mug".to_owned(),
            options: vec!["Size".to_owned()],
            variants: skus
                .iter()
                .map(|sku| VariantDraft {
                    sku: sku.clone(),
                    option_values: vec![sku.clone()],
                    price_minor: 1000,
                    on_hand: Some(0),
                    low_stock_threshold: Some(model::THRESHOLD),
                    ..VariantDraft::default()
                })
                .collect(),
            active: true,
            ..ProductDraft::default()
        };
        let draft = &draft;
        shop.transact(&context(Viewer::System), |tx| async move {
            save(&tx, draft).await.map(drop)
        })
        .await
        .unwrap();
        let by_sku: HashMap<_, _> = variant::Entity::find()
            .all(&shop.db)
            .await
            .unwrap()
            .into_iter()
            .map(|row| (row.sku, row.id))
            .collect();
        let mut orders = Vec::new();
        for _ in 0..model::ORDERS {
            orders.push(write_order(fixture).await);
        }
        Self {
            variants: skus.iter().map(|sku| by_sku[sku]).collect(),
            orders,
        }
    }

    /// What became of a step, in words that the model uses too.
    async fn take(&self, fixture: &Fixture, step: &Step) -> String {
        let shop = &fixture.shop;
        let staff = context(Viewer::Staff(STAFF, StaffRole::Administrator.into()));
        let outcome = match step {
            Step::Adjust { sku, delta } => {
                let input = Adjust {
                    variant: self.variants[*sku],
                    location: None,
                    delta: *delta,
                    reason: "model".to_owned(),
                    expected_version: None,
                };
                adjust(shop, &staff, input)
                    .await
                    .map(|row| format!("{} on hand", row.on_hand))
            }
            step => {
                shop.transact(&staff, |tx| async move { self.act(&tx, step).await })
                    .await
            }
        };
        match outcome {
            Ok(said) => said,
            Err(Error::Refused(refusals)) if matches!(step, Step::Reserve { .. }) => refusals[0].message.to_string(),
            Err(Error::Refused(_)) => "refused".to_owned(),
            Err(Error::Fault(fault)) => format!("{fault:?}"),
        }
    }

    async fn act(&self, tx: &crate::Tx, step: &Step) -> crate::Result<String> {
        Ok(match step {
            Step::Reserve { order, quantities } => {
                let mut demands: Vec<_> = (0..model::SKUS)
                    .filter(|sku| quantities[*sku] > 0)
                    .map(|sku| Demand {
                        sku: sku.to_string(),
                        variant: self.variants[sku],
                        quantity: quantities[sku],
                    })
                    .collect();
                let until = tx.shop().now();
                let outcomes = reserve(tx, self.orders[*order], &mut demands, until).await?;
                if outcomes
                    .iter()
                    .any(|outcome| matches!(outcome, Held::Insufficient { .. }))
                {
                    return Err(Refusal::new(crate::ErrorCode::InsufficientStock, format!("{outcomes:?}")).into());
                }
                format!("{outcomes:?}")
            }
            Step::Deduct { order } => format!("deducted {}", deduct(tx, self.orders[*order]).await?),
            Step::Release { order } => format!("released {}", release(tx, self.orders[*order]).await?),
            Step::PutBack { order } => format!("put back {}", put_back(tx, self.orders[*order]).await?),
            Step::Count { sku, on_hand } => {
                let count = Count {
                    sku: sku.to_string(),
                    variant: self.variants[*sku],
                    on_hand: *on_hand,
                };
                set_on_hand(tx, vec![count], "model").await?;
                format!("{on_hand} on hand")
            }
            Step::Adjust { .. } => unreachable!("it has a transaction of its own"),
        })
    }

    async fn state(&self, fixture: &Fixture) -> model::State {
        let db = &fixture.shop.db;
        let stock = stock::Entity::find().all(db).await.unwrap();
        let ledger = stock_entry::Entity::find().all(db).await.unwrap();
        let holds = reservation::Entity::find().all(db).await.unwrap();
        let jobs = outbox::Entity::find().all(db).await.unwrap();
        let of = |id: VariantId| {
            let row = stock.iter().find(|row| row.variant_id == id).unwrap();
            let entries = || ledger.iter().filter(|entry| entry.variant_id == id);
            let held = holds
                .iter()
                .filter(|hold| hold.variant_id == id && hold.state == ReservationState::Held);
            let told = jobs.iter().filter(|job| job.subject == Some(id.0));
            model::Sku {
                on_hand: row.on_hand,
                reserved: row.reserved,
                alerts: told.count(),
                is_alerted: row.low_alerted,
                ledger: (
                    entries().map(|entry| entry.on_hand_delta).sum(),
                    entries().map(|entry| entry.reserved_delta).sum(),
                ),
                held: held.map(|hold| hold.quantity).sum(),
            }
        };
        self.variants.iter().map(|id| of(*id)).collect()
    }
}

async fn write_order(fixture: &Fixture) -> OrderId {
    let shop = &fixture.shop;
    let id = OrderId(shop.new_id());
    let address = Address {
        name: "Ada Lovelace".to_owned(),
        company: None,
        line1: "Rua das Flores 12".to_owned(),
        line2: None,
        city: "Lisboa".to_owned(),
        region: None,
        postal_code: "1200-195".to_owned(),
        country: "PT".to_owned(),
        phone: None,
    };
    let row = order::Model {
        id,
        number: id.to_string(),
        customer_id: None,
        email: "ada@example.com".to_owned(),
        locale: "en".to_owned(),
        status: OrderStatus::PaymentPending,
        currency: Currency::EUR,
        subtotal_minor: 0,
        discount_minor: 0,
        fee_minor: 0,
        shipping_minor: 0,
        tax_minor: 0,
        total_minor: 0,
        credit_minor: 0,
        prices_include_tax: true,
        shipping_address: address.clone(),
        billing_address: address,
        shipping_method_name: "Parcel".to_owned(),
        note: None,
        access_token_hash: Vec::new(),
        event_count: 0,
        placed_at: shop.now(),
        updated_at: shop.now(),
        tax: None,
        delivery: None,
        ships: true,
        attributes: Default::default(),
        gift_message: None,
        base_total_minor: None,
        unpaid_minor: 0,
    };
    row.into_active_model().insert(&shop.db).await.unwrap();
    id
}

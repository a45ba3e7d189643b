//! A card that a customer has Stripe keep: saved, used again, removed, and gone with them; and never another's.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_tests::{Client, patience::until, purchase::PlacedOrder, stripe_stand_in::Fault};

use super::StripeShop;
use crate::purchase::dispatch;

const PLACE: &str = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { order { id number } orderAccessToken userErrors { code field } } }";
const REMOVE: &str = "mutation($input: SavedPaymentMethodRemoveInput!) { savedPaymentMethodRemove(input: $input) { removedId userErrors { code field } } }";
const FIRST: &str = "mutation($input: SavedPaymentMethodMakeDefaultInput!) { savedPaymentMethodMakeDefault(input: $input) { savedPaymentMethod { isDefault } userErrors { code } } }";
const CARDS: &str = "{ viewer { id savedPaymentMethods { id brand lastFour expiryMonth expiryYear expired isDefault method { name savable } } } }";
const COMPLETE: &str =
    "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) { userErrors { code message } } }";
const ERASE: &str =
    "mutation($input: CustomerEraseInput!) { customerErase(input: $input) { userErrors { code message } } }";

const DECLINED: &str =
    "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { payment { declineMessage } } }";

const INTENTS: &str = "POST /v1/payment_intents";
const CUSTOMERS: &str = "POST /v1/customers";

impl StripeShop {
    async fn try_to_pay(&self, who: &Client, method: Value) -> Value {
        let cart = who.cart_with(&[(&self.mug, 1)]).await;
        let cart = who.check_out(&cart).await;
        let input = json!({ "cartId": cart["id"], "idempotencyKey": cart["id"], "paymentMethod": method });
        who.payload(PLACE, json!({ "input": input })).await
    }

    async fn pay(&self, who: &Client, method: Value) -> PlacedOrder {
        let payload = self.try_to_pay(who, method).await;
        assert_eq!(payload["userErrors"], json!([]));
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        PlacedOrder {
            id: text(&payload["order"]["id"]),
            number: text(&payload["order"]["number"]),
            access_token: text(&payload["orderAccessToken"]),
            payload,
        }
    }

    /// The bank asks, and the shopper answers.
    async fn pass_second_factor(&self, placed: &PlacedOrder) {
        self.until_payment(placed, "ACTION_REQUIRED").await;
        self.stripe.authenticate(&self.intent(), true);
        self.deliver_all().await;
        self.assert_statuses(placed, "CONFIRMED", "CAPTURED").await;
    }

    /// What the newest intent was asked for with.
    fn asked(&self, parameter: &str) -> Option<String> {
        let requests = self.stripe.requests_to(INTENTS);
        requests.last().unwrap().parameters.get(parameter).cloned()
    }
}

async fn cards(who: &Client) -> Vec<Value> {
    let viewer = who.data(CARDS, json!({})).await["viewer"].take();
    viewer["savedPaymentMethods"].as_array().unwrap().clone()
}

fn id(card: &Value) -> Value {
    json!({ "input": { "id": card["id"] } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_saved_used_removed_and_erased() {
    let shop = StripeShop::open().await;
    let ada = shop.shop.customer("ada@example.com").await;
    let eve = shop.shop.customer("eve@example.com").await;
    let saving = json!({ "token": "pm_card_authenticationRequired", "save": true });

    // Who is not signed in has nobody to keep it for.
    let refused = shop.try_to_pay(&shop.guest, saving.clone()).await["userErrors"].take();
    assert_eq!(
        refused,
        json!([{ "code": "UNAUTHENTICATED", "field": ["input", "paymentMethod", "save"] }])
    );

    // Kept once the bank has agreed, for a customer who is made once, whatever answer is lost.
    shop.stripe.fail(CUSTOMERS, 1, Fault::CutAfterActing);
    let first = shop.pay(&ada, saving.clone()).await;
    shop.until_payment(&first, "ACTION_REQUIRED").await;
    assert_eq!(cards(&ada).await, Vec::<Value>::new());
    shop.pass_second_factor(&first).await;
    let kept = cards(&ada).await;
    let card = &kept[0];
    let shown = json!({
        "id": card["id"], "brand": "visa", "lastFour": "4242", "expiryMonth": 12, "expiryYear": 2034, "expired": false,
        "isDefault": true, "method": { "name": "stripe", "savable": true },
    });
    assert_eq!((kept.len(), card), (1, &shown));
    assert_eq!(shop.asked("setup_future_usage").as_deref(), Some("on_session"));
    assert_eq!(
        (shop.stripe.customers().len(), shop.stripe.saved_methods().len()),
        (1, 1)
    );
    let told = shop.stripe.requests_to(CUSTOMERS)[0].parameters.clone();
    let ours = ["metadata[vitrine_customer]", "metadata[vitrine_shop]"];
    assert!(told.keys().eq(ours), "neither name nor address: {told:?}");

    // Used again, with a second factor as usual, and one charge.
    let by_saved = json!({ "savedPaymentMethodId": card["id"] });
    let second = shop.pay(&ada, by_saved.clone()).await;
    shop.pass_second_factor(&second).await;
    let customer = shop.stripe.customers()[0]["id"].as_str().map(str::to_owned);
    assert_eq!((shop.asked("customer"), shop.asked("off_session")), (customer, None));
    assert_eq!(shop.asked("setup_future_usage"), None);
    assert_eq!(ada.done(FIRST, id(card)).await["savedPaymentMethod"]["isDefault"], true);

    // Another's is a missing one.
    let missing = shop.try_to_pay(&eve, by_saved.clone()).await["userErrors"].take();
    let nowhere = json!({ "code": "NOT_FOUND", "field": ["input", "paymentMethod", "savedPaymentMethodId"] });
    assert_eq!(missing, json!([nowhere]));
    assert_eq!(eve.refusals(REMOVE, id(card)).await, ["NOT_FOUND"]);
    assert_eq!(eve.refusals(FIRST, id(card)).await, ["NOT_FOUND"]);
    assert_eq!(cards(&eve).await, Vec::<Value>::new());

    // The same card, typed again, takes the place of the one before.
    let third = shop.pay(&ada, json!({ "token": "pm_card_visa", "save": true })).await;
    shop.until(&third, "CONFIRMED").await;
    shop.shop.settle().await;
    let kept = cards(&ada).await;
    assert_eq!(
        (kept.len(), kept[0]["id"] == card["id"], &kept[0]["isDefault"]),
        (1, false, &json!(true))
    );
    assert_eq!(
        (shop.stripe.customers().len(), shop.stripe.saved_methods().len()),
        (1, 1)
    );

    // Removed here and there, while Stripe is away at first; twice is once.
    shop.stripe
        .fail("GET /v1/payment_methods/*", 1, Fault::ErrorBeforeActing);
    for _ in 0..2 {
        assert_eq!(ada.done(REMOVE, id(&kept[0])).await["removedId"], kept[0]["id"]);
    }
    assert_eq!(cards(&ada).await, Vec::<Value>::new());
    shop.shop.advance(TimeDelta::minutes(1)).await;
    assert_eq!(shop.stripe.saved_methods(), Vec::<Value>::new());
    let gone = json!({ "savedPaymentMethodId": kept[0]["id"] });
    assert_eq!(shop.try_to_pay(&ada, gone).await["userErrors"], json!([nowhere]));

    // What is kept goes with whose it is.
    let fourth = shop.pay(&ada, json!({ "token": "pm_card_visa", "save": true })).await;
    shop.until(&fourth, "CONFIRMED").await;
    assert_eq!(shop.stripe.saved_methods().len(), 1);
    for placed in [&first, &second, &third, &fourth] {
        dispatch(&shop.staff, &placed.id).await;
        shop.staff
            .done(COMPLETE, json!({ "input": { "orderId": placed.id } }))
            .await;
    }
    let ada_id = ada.data(CARDS, json!({})).await["viewer"]["id"].take();
    shop.staff
        .done(ERASE, json!({ "input": { "customerId": ada_id, "dryRun": false } }))
        .await;
    shop.shop.advance(TimeDelta::hours(25)).await;
    assert_eq!(shop.stripe.customers(), Vec::<Value>::new());
    assert_eq!(shop.stripe.saved_methods(), Vec::<Value>::new());
    shop.close().await;
}

/// The ids that Stripe has for the cards that it keeps.
fn kept_at(shop: &StripeShop) -> Vec<String> {
    let methods = shop.stripe.saved_methods();
    let ids = methods.iter().map(|method| method["id"].as_str().unwrap().to_owned());
    ids.collect()
}

fn customer_at(shop: &StripeShop) -> String {
    let customers = shop.stripe.customers();
    assert_eq!(customers.len(), 1, "{customers:?}");
    customers[0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_at_stripe_is_followed_and_whoever_is_gone_there_pays_all_the_same() {
    let shop = StripeShop::open().await;
    let ada = shop.shop.customer("ada@example.com").await;
    let saving = json!({ "token": "pm_card_visa", "save": true });
    let save = async || {
        let placed = shop.pay(&ada, saving.clone()).await;
        shop.until(&placed, "CONFIRMED").await;
        shop.deliver_all().await;
        placed
    };
    let digits = |cards: &[Value]| -> Vec<String> {
        let each = cards.iter().map(|card| card["lastFour"].as_str().unwrap().to_owned());
        each.collect()
    };
    save().await;

    // The bank gives out another card in its place: first one that has expired by now, which is told as such.
    let first = kept_at(&shop)[0].clone();
    shop.stripe.replace_card(&first, "1881", (1, 2020));
    shop.deliver_all().await;
    let told = cards(&ada).await;
    assert_eq!(
        (digits(&told), &told[0]["expired"]),
        (vec!["1881".to_owned()], &json!(true))
    );
    shop.stripe.replace_card(&first, "1882", (3, 2037));
    let event = shop.stripe.take_events().pop().unwrap();
    for _ in 0..2 {
        shop.deliver(&event).await;
    }
    shop.shop.settle().await;
    let told = cards(&ada).await;
    assert_eq!(
        (told[0]["expiryMonth"].as_i64(), told[0]["expiryYear"].as_i64()),
        (Some(3), Some(2037))
    );
    assert_eq!(
        (digits(&told), &told[0]["expired"]),
        (vec!["1882".to_owned()], &json!(false))
    );

    // One that is detached there is gone, and the other is proposed in its place.
    save().await;
    assert_eq!(cards(&ada).await.len(), 2);
    shop.stripe.detach_card(&first);
    shop.deliver_all().await;
    let left = cards(&ada).await;
    assert_eq!(
        (digits(&left), &left[0]["isDefault"]),
        (vec!["4242".to_owned()], &json!(true))
    );

    // Its customer is gone, and nobody has told: a card that went with them is forgotten, and the shopper is told so.
    let by_saved = json!({ "savedPaymentMethodId": left[0]["id"] });
    let gone = customer_at(&shop);
    shop.stripe.delete_customer(&gone);
    shop.stripe.take_events();
    let placed = shop.pay(&ada, by_saved.clone()).await;
    shop.until(&placed, "PAYMENT_FAILED").await;
    let declined = ada
        .data(DECLINED, json!({ "id": placed.id, "token": placed.access_token }))
        .await;
    let message = declined["order"]["payment"]["declineMessage"].as_str().unwrap();
    assert!(message.starts_with("This saved card is no longer kept"), "{message}");
    assert_eq!(cards(&ada).await, Vec::<Value>::new());
    assert_eq!(
        shop.alerts(&placed).await,
        Vec::<String>::new(),
        "nothing is wrong with the shop"
    );
    let missing = shop.try_to_pay(&ada, by_saved).await["userErrors"].take();
    assert_eq!(missing[0]["code"], "NOT_FOUND");

    // The next card that is saved has another one made; and so has one whose customer is gone at that moment.
    save().await;
    let second = customer_at(&shop);
    assert_ne!(second, gone);
    shop.stripe.delete_customer(&second);
    shop.stripe.take_events();
    let placed = save().await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    assert_eq!(shop.alerts(&placed).await, Vec::<String>::new());
    assert_ne!(customer_at(&shop), second);
    assert_eq!((cards(&ada).await.len(), kept_at(&shop).len()), (1, 1));
    let requests = shop.stripe.requests_to(INTENTS);
    let [.., refused, done] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!((refused.status, done.status), (Some(400), Some(200)));
    assert_ne!(refused.key, done.key);

    // Stripe tells of it while the charge is on its way: that goes out anew, too, and staff have nothing to see to.
    let third = customer_at(&shop);
    shop.stripe.delete_customer(&third);
    shop.stripe.fail(INTENTS, 1, Fault::AnswersOnceReleased);
    let before = shop.stripe.requests_to(INTENTS).len();
    let placed = shop.pay(&ada, saving.clone()).await;
    until("the charge is on its way", async || {
        shop.stripe.requests_to(INTENTS).len() > before
    })
    .await;
    for event in shop.stripe.take_events() {
        shop.deliver(&event).await;
    }
    until("its cards are forgotten", async || cards(&ada).await.is_empty()).await;
    shop.stripe.release();
    shop.until(&placed, "CONFIRMED").await;
    shop.deliver_all().await;
    assert_eq!(shop.alerts(&placed).await, Vec::<String>::new());
    assert_ne!(customer_at(&shop), third);
    assert_eq!((cards(&ada).await.len(), kept_at(&shop).len()), (1, 1));

    // Told of by Stripe, it is the same.
    shop.stripe.delete_customer(&customer_at(&shop));
    shop.deliver_all().await;
    assert_eq!(cards(&ada).await, Vec::<Value>::new());
    shop.close().await;
}

//! A shop of one's own: opened whole, and the demo taken away.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use vitrine_commerce::{
    Context, Error, ErrorCode,
    address::AddressInput,
    money::Currency,
    profile::ShopKind,
    setup::{self, Opening},
    staff::NewStaff,
};
use vitrine_entity::{
    category, demo_thing, picture, price, product, shipping_method, shipping_zone, staff_member::StaffRole, stock,
    tax_rate, variant,
};
use vitrine_tests::{TestShop, memory::TestClock, shop::PASSWORD};

fn opening() -> Opening {
    Opening {
        name: "Lina & Sons".to_owned(),
        country: "AT".to_owned(),
        currency: Currency::EUR,
        languages: vec!["de".to_owned(), "en".to_owned()],
        prices: setup::proposed(Currency::EUR),
        address: None,
        administrator: NewStaff {
            email: "administrator@example.com".to_owned(),
            name: "Lina".to_owned(),
            password: PASSWORD.to_owned(),
            role: StaffRole::Administrator,
        },
    }
}

async fn empty() -> TestShop {
    TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await
}

async fn open(shop: &TestShop, opening: &Opening) -> Result<(), Error> {
    setup::open(shop.shop(), &Context::system(shop.shop(), "test"), opening).await
}

/// From nothing to the first paid order and its mail.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_shop_sells() {
    let mut shop = empty().await;
    open(&shop, &opening()).await.expect("it opens");
    shop.work();
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let query = "{ shop { name countryCode currencyCode locales timeZone pricesIncludeTax } products(first: 5) { nodes { id } }
        locations(first: 5) { nodes { name active } } at: shop { shippingMethods(country: \"AT\") { name price { amount } freeFrom { amount } } }
        fr: shop { shippingMethods(country: \"FR\") { name price { amount } } } us: shop { shippingMethods(country: \"US\") { name } } }";
    let seen = staff.data(query, json!({})).await;
    assert_eq!(
        seen["shop"],
        json!({ "name": "Lina & Sons", "countryCode": "AT", "currencyCode": "EUR", "locales": ["de", "en"],
            "timeZone": "Europe/Vienna", "pricesIncludeTax": true })
    );
    assert_eq!(seen["products"]["nodes"], json!([]));
    assert_eq!(
        seen["locations"]["nodes"],
        json!([{ "name": "Hauptlager", "active": true }])
    );
    let names = |of: &str| -> Vec<Value> {
        let methods = seen[of]["shippingMethods"].as_array().unwrap();
        methods.iter().map(|method| method["name"].clone()).collect()
    };
    assert_eq!(
        names("at"),
        ["Standardversand", "Expressversand"],
        "nobody can come to a place without an address"
    );
    assert_eq!(seen["at"]["shippingMethods"][0]["freeFrom"]["amount"], "59.00");
    assert_eq!(names("fr"), ["Standardversand"]);
    assert_eq!(names("us"), Vec::<Value>::new(), "nobody has asked for it");
    let rates = tax_rate::Entity::find().all(&shop.shop().db).await.unwrap();
    assert!(
        rates
            .iter()
            .any(|rate| rate.country == "SK" && rate.basis_points == 1_900)
    );
    assert!(!vitrine_demo::has_staff(shop.shop()).await.unwrap());

    let mug = staff.sell("MUG-1", "12.00", 5).await;
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(shop.guest().order(&placed).await["status"], "CONFIRMED");
    // 12.00 and 4.90, with Germany's 19 %: the tests' address is there.
    assert_eq!(placed.payload["order"]["cost"]["total"]["amount"], "21.90");
    let mails = shop.mails().await;
    assert!(mails.iter().any(|mail| mail.to == "ada@example.com"), "{mails:?}");
    // A start makes no demo of it.
    vitrine_demo::set_up(shop.shop()).await.expect("it starts");
    assert_eq!(product::Entity::find().count(&shop.shop().db).await.unwrap(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_leaves_nothing_behind() {
    let mut shop = empty().await;
    for (wrong, field) in [
        (
            Opening {
                name: String::new(),
                ..opening()
            },
            "name",
        ),
        (
            Opening {
                country: "XX".to_owned(),
                ..opening()
            },
            "countryCode",
        ),
        (
            Opening {
                languages: vec![],
                ..opening()
            },
            "locales",
        ),
        (
            Opening {
                administrator: NewStaff {
                    password: "short".to_owned(),
                    ..opening().administrator
                },
                ..opening()
            },
            "password",
        ),
    ] {
        let Err(Error::Refused(refusals)) = open(&shop, &wrong).await else {
            panic!("{field} is wrong");
        };
        assert_eq!(refusals[0].field, [field]);
    }
    let db = &shop.shop().db;
    assert_eq!(shipping_zone::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(
        (&*shop.shop().profile().name, shop.shop().profile().kind),
        ("Vitrine", ShopKind::New)
    );
    open(&shop, &opening()).await.expect("it opens");
    let Err(Error::Refused(refusals)) = open(&shop, &opening()).await else {
        panic!("there is one already");
    };
    assert_eq!(
        refusals[0].message.to_string(),
        "There is a shop here already: it was opened before."
    );
    // What the shop's language leads to is done.
    shop.work();
    shop.close().await;
}

/// As if it had never been there, but for what an order names and what is the merchant's own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_goes_and_what_is_ordered_stays() {
    demo_goes(false).await;
}

/// A shop of the version before did not remember what was the demo's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_demo_is_known_by_its_slugs() {
    demo_goes(true).await;
}

async fn demo_goes(is_older: bool) {
    let shop = TestShop::open().await;
    let db = &shop.shop().db;
    if is_older {
        demo_thing::Entity::delete_many().exec(db).await.unwrap();
    }
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let mine = staff.sell("MINE-1", "10.00", 5).await;
    let query = "{ products(first: 10) { nodes { slug variants { id sku availableQuantity } } } }";
    let goods = guest.data(query, json!({})).await["products"]["nodes"].take();
    let in_stock = |product: &Value| product["variants"][0]["availableQuantity"].as_i64().unwrap() > 0;
    let ordered = goods
        .as_array()
        .unwrap()
        .iter()
        .find(|product| product["slug"] != "mine-1" && in_stock(product))
        .expect("goods")
        .clone();
    let id = ordered["variants"][0]["id"].as_str().unwrap();
    let placed = guest.buy(&[(id, 1)], "tok_approve").await;
    let cart = guest.cart_with(&[(&mine, 1)]).await;
    shop.settle().await;
    // What the demo says of itself goes with it, but for what staff have written anew.
    vitrine_demo::open_pages(shop.shop()).await.expect("its pages");
    let told = "{ shop { policies { handle } } page(handle: \"about\") { title }
        menu(handle: \"footer\") { items { title } } terms: page(handle: \"terms\") { id } }";
    let said = guest.data(told, json!({})).await;
    assert_eq!(said["shop"]["policies"].as_array().map(Vec::len), Some(5));
    assert_eq!(said["menu"]["items"], json!([{ "title": "About us" }]));
    let update = "mutation($input: PageUpdateInput!) { pageUpdate(input: $input) { userErrors { code } } }";
    let own = json!({ "id": said["terms"]["id"], "title": "Our terms" });
    staff.done(update, json!({ "input": own })).await;

    let found = vitrine_demo::find_removal(shop.shop()).await.expect("a report");
    let removed = vitrine_demo::remove(shop.shop()).await.expect("it goes");
    assert_eq!(found, removed, "the dry run told the same");
    assert_eq!(
        (removed.archived.len(), removed.kept.len()),
        (1, 1),
        "{:?}",
        removed.kept
    );
    assert_eq!(
        removed.kept[0].what,
        format!("product {}", ordered["slug"].as_str().unwrap())
    );
    assert!(removed.products.len() > 60 && removed.collections.len() > 2 && removed.zones.len() == 3);
    shop.settle().await;

    let left = product::Entity::find().all(db).await.unwrap();
    assert_eq!(left.len(), 2);
    assert_eq!(category::Entity::find().count(db).await.unwrap(), 0);
    let variants = variant::Entity::find().all(db).await.unwrap();
    let of_products = |ids: Vec<_>| ids.into_iter().all(|id| left.iter().any(|product| product.id == id));
    assert!(of_products(variants.iter().map(|variant| variant.product_id).collect()));
    assert!(of_products(
        picture::Entity::find()
            .all(db)
            .await
            .unwrap()
            .iter()
            .map(|row| row.product_id)
            .collect()
    ));
    assert_eq!(price::Entity::find().count(db).await.unwrap(), variants.len() as u64);
    assert_eq!(stock::Entity::find().count(db).await.unwrap(), variants.len() as u64);
    let rest = (
        shipping_zone::Entity::find().count(db).await.unwrap(),
        shipping_method::Entity::find().count(db).await.unwrap(),
        tax_rate::Entity::find().count(db).await.unwrap(),
        demo_thing::Entity::find().count(db).await.unwrap(),
    );
    assert_eq!(rest, (0, 0, 0, 0));

    // The order is as it was, shoppers see what is the merchant's, and search knows it.
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
    let query =
        "query($id: ID!) { products(first: 5) { nodes { slug } } productSearch(query: \"\", first: 5) { nodes { slug } }
        cart(id: $id) { lines { quantity } } }";
    let seen = guest.data(query, json!({ "id": cart["id"] })).await;
    let own = json!([{ "slug": "mine-1" }]);
    assert_eq!(
        (&seen["products"]["nodes"], &seen["productSearch"]["nodes"]),
        (&own, &own)
    );
    assert_eq!(seen["cart"]["lines"], json!([{ "quantity": 1 }]));

    let said = guest.data(told, json!({})).await;
    assert_eq!(
        (&said["shop"]["policies"], &said["page"], &said["menu"]),
        (&json!([{ "handle": "terms" }]), &json!(null), &json!(null))
    );

    // It is the merchant's own from now on: a start brings nothing back, and there is nothing more to remove.
    vitrine_demo::set_up(shop.shop()).await.expect("it starts");
    vitrine_demo::open_pages(shop.shop()).await.expect("nothing to write");
    assert_eq!(product::Entity::find().count(db).await.unwrap(), 2);
    let again = vitrine_demo::find_removal(shop.shop()).await.expect("a report");
    assert_eq!(again.products, []);
    shop.close().await;
}

/// Nobody is locked out of a shop by taking its demo away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_only_administrator_is_not_taken_away() {
    let shop = empty().await;
    vitrine_demo::set_up(shop.shop()).await.expect("it starts");
    let goods = product::Entity::find().count(&shop.shop().db).await.unwrap();
    let found = vitrine_demo::find_removal(shop.shop()).await.expect("a report");
    assert!(found.takes_last_administrator && goods > 0);
    let Err(Error::Refused(refusals)) = vitrine_demo::remove(shop.shop()).await else {
        panic!("nobody would be left");
    };
    assert_eq!(refusals[0].code, ErrorCode::LastAdministrator);
    assert!(
        refusals[0].message.to_string().contains("vitrine staff create"),
        "{}",
        refusals[0].message
    );
    assert_eq!(product::Entity::find().count(&shop.shop().db).await.unwrap(), goods);

    let context = Context::system(shop.shop(), "test");
    vitrine_commerce::staff::create(shop.shop(), &context, opening().administrator)
        .await
        .expect("an own one");
    let removed = vitrine_demo::remove(shop.shop()).await.expect("it goes");
    assert!(!removed.takes_last_administrator && !vitrine_demo::has_staff(shop.shop()).await.unwrap());
    shop.abandon().await;
}

/// What a new shop is called in its language, and picked up where it has an address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_with_an_address_is_one_to_pick_up_at() {
    let mut shop = empty().await;
    let opening = Opening {
        languages: vec!["fr-FR".to_owned()],
        country: "FR".to_owned(),
        address: Some(AddressInput {
            name: "Lina".to_owned(),
            line1: "Rue 1".to_owned(),
            city: "Lyon".to_owned(),
            postal_code: "69001".to_owned(),
            country: "FR".to_owned(),
            ..AddressInput::default()
        }),
        ..opening()
    };
    open(&shop, &opening).await.expect("it opens");
    shop.work();
    let query = "{ locations(first: 5) { nodes { name pickup address { city } } } shop { shippingMethods(country: \"FR\") { name } } }";
    let seen = shop
        .sign_in(StaffRole::Administrator)
        .await
        .data(query, json!({}))
        .await;
    assert_eq!(
        seen["locations"]["nodes"],
        json!([{ "name": "Entrepôt principal", "pickup": true, "address": { "city": "Lyon" } }])
    );
    assert_eq!(
        seen["shop"]["shippingMethods"],
        json!([{ "name": "Livraison standard" }, { "name": "Livraison express" }, { "name": "Retrait sur place" }])
    );
    shop.close().await;
}

//! The shop as a file: exported, compared and applied.

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use vitrine_commerce::{Context, setup::file};
use vitrine_entity::{staff_audit, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, memory::TestClock};

const CHANGES: &str = "changes { kind section name lines } userErrors { code message field }";

async fn run(staff: &Client, name: &str, text: &str, prune: bool) -> Value {
    let mutation = format!("mutation($input: ShopFileInput!) {{ {name}(input: $input) {{ {CHANGES} }} }}");
    let input = json!({ "input": { "text": text, "prune": prune } });
    staff.payload(&mutation, input).await
}

async fn changes(staff: &Client, name: &str, text: &str, prune: bool) -> Vec<String> {
    let payload = run(staff, name, text, prune).await;
    assert_eq!(payload["userErrors"], json!([]), "{text}");
    let changes = payload["changes"].as_array().unwrap();
    let told = |change: &Value| {
        let lines: Vec<_> = change["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line.as_str().unwrap())
            .collect();
        let text = |key: &str| change[key].as_str().unwrap().to_owned();
        format!(
            "{} {} {}: {}",
            text("kind"),
            text("section"),
            text("name"),
            lines.join("; ")
        )
    };
    changes.iter().map(told).collect()
}

async fn exported(staff: &Client) -> String {
    staff.data("{ shopExport }", json!({})).await["shopExport"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_one_shop_makes_another_the_same() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let more = "
        [settings]
        name = 'Lina & \"Sons\"'
        languages = ['de', 'en']
        closed_on = ['2026-12-24']
        working_days = ['monday', 'saturday']
        shipping_tax = 'proportional'
        address = { name = 'Lina', line1 = 'Ring 1', city = 'Wien', postal_code = '1010', country = 'AT' }
        [[locations]]
        name = 'Store'
        pickup = true
        opening_hours = 'Mo–Fr'
        [[zones]]
        name = 'Islands'
        countries = ['IS']
        postal_codes = [{ country = 'DE', codes = ['27498', '18565'] }]
        [[zones.methods]]
        name = 'By boat'
        price = '9.90'
        weight_steps = [{ up_to_grams = 1000, price = '0' }, { price = '4.50' }]
        [[zones.methods]]
        name = 'In the store'
        price = '0'
        pickup_at = 'Store'
        [[tax_rates]]
        country = 'IS'
        name = 'VSK'
        rate = '24'
        confirmed = false";
    let told = changes(&staff, "shopPlan", more, false).await;
    assert!(
        told.contains(&"ADDED zones Islands: ".to_owned()) && told.contains(&"ADDED tax_rates IS: ".to_owned()),
        "{told:?}"
    );
    let settings = told.iter().find(|line| line.starts_with("CHANGED settings")).unwrap();
    assert!(settings.contains("name: Vitrine -> Lina & \"Sons\""), "{settings}");
    let before = exported(&staff).await;
    assert!(!before.contains("Islands"), "a plan changes nothing");
    let audited = staff_audit::Entity::find().count(&shop.shop().db).await.unwrap();
    assert_eq!(changes(&staff, "shopApply", more, false).await, told);
    assert!(staff_audit::Entity::find().count(&shop.shop().db).await.unwrap() > audited + 4);
    assert_eq!(
        changes(&staff, "shopApply", more, false).await,
        Vec::<String>::new(),
        "twice is once"
    );

    let text = exported(&staff).await;
    assert_eq!(
        changes(&staff, "shopPlan", &text, true).await,
        Vec::<String>::new(),
        "{text}"
    );
    let other = TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await;
    let context = Context::system(other.shop(), "test");
    file::apply(other.shop(), &context, &text, false)
        .await
        .expect("it is applied");
    assert_eq!(file::export(other.shop(), &context).await.expect("a file"), text);
    assert_eq!(other.shop().profile().name, "Lina & \"Sons\"", "it is known at once");
    other.abandon().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_named_goes_only_where_it_is_asked() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let text = "[[locations]]\nname = 'Store'\n[[zones]]\nname = 'European Union'\ncountries = ['FR']\n[[zones.methods]]\nname = 'Standard'\nprice = '1'";
    let told = changes(&staff, "shopPlan", text, false).await;
    assert_eq!(
        told.iter()
            .map(|line| line.split(':').next().unwrap())
            .collect::<Vec<_>>(),
        [
            "ADDED locations Store",
            "CHANGED zones European Union",
            "CHANGED zones "
        ]
    );
    let told = changes(&staff, "shopApply", text, true).await;
    assert!(told.contains(&"REMOVED zones Domestic: ".to_owned()), "{told:?}");
    assert!(
        told.iter()
            .any(|line| line.contains("methods.Express: there -> nothing")),
        "{told:?}"
    );
    assert_eq!(
        told.last().unwrap(),
        "KEPT locations Main warehouse: Stock lies at this location. Move it, or count it as none, first."
    );
    let methods = "{ de: shop { shippingMethods(country: \"DE\") { name } } fr: shop { shippingMethods(country: \"FR\") { name price { amount } } } }";
    let seen = shop.guest().data(methods, json!({})).await;
    assert_eq!(seen["de"]["shippingMethods"], json!([]));
    assert_eq!(
        seen["fr"]["shippingMethods"],
        json!([{ "name": "Standard", "price": { "amount": "1.00" } }])
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_told_with_its_line_and_changes_nothing() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let before = exported(&staff).await;
    for (text, message) in [
        ("[settings\nname = 'A'", "line 1: "),
        (
            "\n[setings]\nname = 'A'",
            "line 2: `setings` is no section: write one of settings, price_lists, markets, \
             locations, zones, tax_rates",
        ),
        (
            "[settings]\nname = 'A'\ncolour = 'red'",
            "line 3: unknown field `colour`, expected one of `name`",
        ),
        (
            "[settings]\nname = 7",
            "line 2: invalid type: integer `7`, expected a string. Put it between quotes.",
        ),
        (
            "[settings]\nname = 'Mine'\n\n[[zones]]\nname = 'Moon'\ncountries = ['XX']",
            "line 4, zones `Moon` (countries.0): `XX` is no country",
        ),
        (
            "[[zones]]\nname = 'Home'\ncountries = ['AT']\n[[zones.methods]]\nname = 'Fast'\nprice = '4,90'",
            "line 1, zones `Home` (methods.Fast.price): `4,90` is not a decimal amount. Write an amount in EUR",
        ),
        (
            "[[tax_rates]]\ncountry = 'AT'\nname = 'USt.'\nrate = '20 %'",
            "line 1, tax_rates `AT` (rate): A rate is a percentage",
        ),
        (
            "[settings]\ncurrency = 'USD'",
            "line 1, settings (currencyCode): The shop cannot sell in USD instead of EUR",
        ),
    ] {
        for name in ["shopPlan", "shopApply"] {
            let payload = run(&staff, name, text, false).await;
            let told = payload["userErrors"][0]["message"].as_str().unwrap_or_default();
            assert!(told.starts_with(message), "{told}\n{message}");
            assert_eq!(payload["userErrors"][0]["field"], json!(["input", "text"]), "{told}");
        }
    }
    assert_eq!(exported(&staff).await, before, "not even what was right");
    let packer = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(
        run(&packer, "shopApply", "", false).await["userErrors"][0]["code"],
        "FORBIDDEN"
    );
    let answer = shop.guest().answer("{ shopExport }", json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    shop.close().await;
}

//! Every page that shoppers see.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

use crate::{MACHINE, addresses::of_router, chromium::Chromium, looks::Looks, tab::Tab};

/// Of HTML, styles and scripts together, as they travel, with their heads.
const BYTES_MAX: u64 = 30_000;

const EMAIL: &str = "ada@example.com";

const PAGE: &str =
    "mutation($input: PageCreateInput!) { pageCreate(input: $input) { page { id } userErrors { code } } }";

const COMPANY: &str =
    "mutation($input: CompanyCreateInput!) { companyCreate(input: $input) { company { id } userErrors { code } } }";

const BUYER: &str =
    "mutation($input: CompanyBuyerAddInput!) { companyBuyerAdd(input: $input) { company { id } userErrors { code } } }";

const SOLD_OUT: &str = "/products/marlow-ceramic-lamp?Colour=Ochre&Size=Large";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_the_storefront_is_well() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _shared = MACHINE.read().await;
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    write_terms(&staff).await;
    buys_for_a_company(&staff, &shop.customer(EMAIL).await).await;
    let mut tab = chromium.tab(shop.guest().base()).await;
    tab.command("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
        .await;
    let mut looks = Looks::new(of_router("web/src/storefront/mod.rs"), Some(BYTES_MAX));

    looks.walk(&mut tab, &["/"]).await;
    let of_a_search = [
        "/search?q=lamp&sort=cheapest&max=200",
        "/search?q=zzzzzz",
        SOLD_OUT,
        "/orders/find",
        "/withdraw",
        "/cart",
    ];
    looks.walk(&mut tab, &of_a_search).await;
    looks
        .walk(&mut tab, &["/products/no-such-thing", "/no-such-page"])
        .await;
    let of_an_account = [
        "login",
        "sign-up",
        "password-forgotten",
        "password-reset",
        "confirm",
        "email-change",
        "erase",
    ];
    for name in of_an_account {
        looks.walk(&mut tab, &[&format!("/account/{name}")]).await;
    }
    refused(&mut looks, &mut tab).await;
    account(&mut looks, &mut tab).await;
    order(&mut looks, &mut tab, &shop).await;
    developers(&mut looks, &mut tab).await;
    in_german(&mut looks, &mut tab).await;
    looks.judge();
    chromium.close().await;
    shop.close().await;
}

/// Whose account leads to its company's orders and places.
async fn buys_for_a_company(staff: &Client, buyer: &Client) {
    let company = json!({ "name": "Acme GmbH", "creditLimit": "5000.00" });
    let company = staff.done(COMPANY, json!({ "input": company })).await["company"]["id"].take();
    let viewer = buyer.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let input = json!({ "id": company, "customerId": viewer, "role": "MANAGER" });
    staff.done(BUYER, json!({ "input": input })).await;
}

async fn write_terms(staff: &Client) {
    let terms = json!({ "kind": "TERMS", "title": "Terms", "bodyHtml": "<h2>Of goods</h2><p>As agreed.</p>" });
    staff.done(PAGE, json!({ "input": terms })).await;
    let imprint = json!({ "kind": "IMPRINT", "title": "Who we are", "bodyHtml": "<p>Vitrine</p>" });
    staff.done(PAGE, json!({ "input": imprint })).await;
}

/// What a form says that was filled in wrongly.
async fn refused(looks: &mut Looks, tab: &mut Tab) {
    tab.open("/account/login").await;
    tab.submit("/account/login", &[("email", EMAIL), ("password", "wrong")])
        .await;
    assert_eq!(tab.status, 422);
    looks.look(tab).await;
    tab.open("/account/sign-up").await;
    tab.submit(
        "/account/sign-up",
        &[("name", ""), ("email", "nobody"), ("password", "short")],
    )
    .await;
    assert_eq!(tab.status, 422);
    looks.look(tab).await;
}

async fn account(looks: &mut Looks, tab: &mut Tab) {
    tab.open("/account/login").await;
    tab.submit("/account/login", &[("email", EMAIL), ("password", PASSWORD)])
        .await;
    assert_eq!(tab.path().await, "/account");
    let own = ["/account", "/account/addresses/new", "/account/stock-alerts"];
    looks.walk(tab, &own).await;
    tab.open("/account/addresses/new").await;
    tab.submit("/account/addresses/new", &address("10117")).await;
    looks.walk(tab, &["/account"]).await;
}

/// The checkout, step by step, with its refusals; then what has become of the order.
async fn order(looks: &mut Looks, tab: &mut Tab, shop: &TestShop) {
    for slug in ["alba-dome-lamp", "dipped-mug"] {
        tab.open(&format!("/products/{slug}")).await;
        tab.submit("/cart/lines", &[("quantity", "2")]).await;
    }
    looks.walk(tab, &["/cart", "/checkout/contact"]).await;
    tab.open("/checkout/contact").await;
    tab.submit("/checkout/contact", &[("email", EMAIL)]).await;
    looks.walk(tab, &["/checkout/address"]).await;
    tab.open("/checkout/address").await;
    tab.submit("/checkout/address", &address("")).await;
    assert_eq!(tab.status, 422);
    looks.look(tab).await;
    tab.submit("/checkout/address", &address("10117")).await;
    looks.walk(tab, &["/checkout/shipping"]).await;
    tab.open("/checkout/shipping").await;
    tab.submit("/checkout/shipping", &[]).await;
    looks.walk(tab, &["/checkout/payment"]).await;
    tab.open("/checkout/payment").await;
    tab.submit("/checkout/payment", &[("token", "tok_decline")]).await;
    let order = tab.path().await;
    assert!(order.starts_with("/orders/ord_"), "{order}");
    // Its page follows it by itself; what is looked at shall not change meanwhile.
    shop.settle().await;
    looks.walk(tab, &[&order]).await;
    tab.open(&order).await;
    tab.submit(&format!("{order}/retry"), &[("token", "tok_approve")]).await;
    shop.settle().await;
    looks.walk(tab, &[&order, "/account", "/account/messages"]).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let policy = "mutation($input: OrderEditPolicyUpdateInput!) { orderEditPolicyUpdate(input: $input) { userErrors { code } } }";
    staff.done(policy, json!({ "input": { "shopperMinutes": 60 } })).await;
    looks.walk(tab, &[&order, &format!("{order}/change")]).await;
    let dispatch = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) { userErrors { code } } }";
    let id = order.rsplit('/').next().expect("an order's address");
    staff.done(dispatch, json!({ "input": { "orderId": id } })).await;
    shop.settle().await;
    give_back(looks, tab, &order).await;
    offered(looks, tab, &staff).await;
}

/// What staff put together is looked at by its link.
async fn offered(looks: &mut Looks, tab: &mut Tab, staff: &Client) {
    let create = "mutation($input: DraftOrderCreateInput!) { draftOrderCreate(input: $input) {
        draftOrder { id link } userErrors { code message } } }";
    let lines = json!([{ "title": "A lamp to measure", "quantity": 1, "unitPrice": "120.00" }]);
    let input = json!({ "draftOrder": { "email": EMAIL }, "lines": lines });
    let draft = staff.done(create, json!({ "input": input })).await["draftOrder"].take();
    let send =
        "mutation($input: DraftOrderSendInput!) { draftOrderSend(input: $input) { userErrors { code message } } }";
    let input = json!({ "id": draft["id"], "mail": false, "message": "As we said." });
    staff.done(send, json!({ "input": input })).await;
    let link = draft["link"].as_str().expect("a link");
    let (_, page) = link.split_once("/drafts/").expect("its page");
    looks.walk(tab, &["/drafts/draft_00000000000000000000000000"]).await;
    tab.open(&format!("/drafts/{page}")).await;
    looks.look(tab).await;
}

/// Goods of an order that was sent are to come back.
async fn give_back(looks: &mut Looks, tab: &mut Tab, order: &str) {
    let form = format!("{order}/return");
    looks.walk(tab, &[&form]).await;
    tab.open(&form).await;
    tab.submit(&form, &[]).await;
    assert_eq!(tab.status, 422, "nothing is to come back");
    looks.look(tab).await;
    tab.evaluate("document.querySelector('input[type=number]').value = '1'")
        .await;
    tab.submit(&form, &[]).await;
    assert_eq!(tab.status, 422, "nobody said why");
    looks.look(tab).await;
    tab.evaluate("document.querySelector('main select').selectedIndex = 4")
        .await;
    tab.submit(&form, &[]).await;
    looks.walk(tab, &[order, "/account"]).await;
    withdraw(looks, tab, order).await;
}

/// The rest of it is withdrawn from, in two steps.
async fn withdraw(looks: &mut Looks, tab: &mut Tab, order: &str) {
    let form = format!("{order}/withdraw");
    looks.walk(tab, &[&form]).await;
    tab.open(&form).await;
    tab.submit("/withdraw", &[]).await;
    looks.look(tab).await;
    tab.submit("/withdraw/confirm", &[]).await;
    looks.look(tab).await;
    looks.walk(tab, &[order]).await;
    tab.open("/withdraw").await;
    tab.submit("/withdraw", &[("orderNumber", "V-2222-2222"), ("email", EMAIL)])
        .await;
    assert_eq!(tab.status, 422, "it has no name");
    looks.look(tab).await;
}

/// Whose words are long.
async fn in_german(looks: &mut Looks, tab: &mut Tab) {
    tab.open("/language/de?back=/").await;
    for path in [
        "/",
        "/categories/lighting",
        SOLD_OUT,
        "/products/alba-dome-lamp",
        "/account",
        "/account/addresses/new",
    ] {
        looks.squeeze(tab, path).await;
    }
    tab.open("/products/dipped-mug").await;
    tab.submit("/cart/lines", &[("quantity", "2")]).await;
    looks.squeeze(tab, "/cart").await;
    tab.open("/checkout/contact").await;
    tab.submit("/checkout/contact", &[("email", EMAIL)]).await;
    looks.squeeze(tab, "/checkout/address").await;
    tab.submit("/checkout/address", &address("10117")).await;
    looks.squeeze(tab, "/checkout/shipping").await;
    tab.submit("/checkout/shipping", &[]).await;
    looks.squeeze(tab, "/checkout/payment").await;
}

/// What development shows beside the shop.
async fn developers(looks: &mut Looks, tab: &mut Tab) {
    looks.walk(tab, &["/graphql", "/api/docs", "/dev/mail"]).await;
    tab.open("/dev/mail").await;
    let mail = "[...document.links].map((link) => link.pathname).find((path) => path.startsWith('/dev/mail/'))";
    let mail = tab.evaluate(mail).await;
    looks.walk(tab, &[mail.as_str().expect("a mail")]).await;
}

fn address(postal_code: &'static str) -> [(&'static str, &'static str); 4] {
    [
        ("name", "Ada Lovelace"),
        ("line1", "Unter den Linden 1"),
        ("postalCode", postal_code),
        ("city", "Berlin"),
    ]
}

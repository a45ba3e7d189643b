//! Every page that staff see, with something on it.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

use crate::{MACHINE, addresses::of_router, chromium::Chromium, looks::Looks, tab::Tab};

const EMAIL: &str = "administrator@example.com";

const UPDATE: &str =
    "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { version } userErrors { code } } }";

const PACK: &str = "mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { userErrors { code } } }";

const HOOK: &str = "mutation($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) { webhookEndpoint { id } userErrors { code } } }";

const UNHOOK: &str =
    "mutation($input: WebhookEndpointDeleteInput!) { webhookEndpointDelete(input: $input) { userErrors { code } } }";

/// It never arrives: the name leads nowhere.
const PING: &str =
    "mutation($input: WebhookEndpointPingInput!) { webhookEndpointPing(input: $input) { userErrors { code } } }";

const IMPORT: &str =
    "mutation($input: ProductImportStartInput!) { productImportStart(input: $input) { userErrors { code } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_the_dashboard_is_well() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _shared = MACHINE.read().await;
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    // There is another language to translate into.
    let languages = json!({ "locales": ["en", "de"] });
    staff.done(UPDATE, json!({ "input": languages })).await;
    shop.customer("grace@example.com").await;
    let guest = shop.guest();
    let lamp = guest.variant("alba-dome-lamp", "LMP-ALBA-TER").await;
    let paid = guest.buy(&[(&lamp, 1)], "tok_approve").await;
    let declined = guest.buy(&[(&lamp, 1)], "tok_decline").await;
    shop.settle().await;
    returned(&shop, &staff, &lamp).await;
    let parcel =
        json!({ "orderId": paid.id, "carrier": "DHL", "trackings": [{ "number": "00340434" }], "dispatch": true });
    staff.done(PACK, json!({ "input": parcel })).await;
    let file = json!({ "csv": "Handle,Title,Variant SKU,Variant Price\nmoss,Moss,MOSS-1,cheap\n" });
    staff.done(IMPORT, json!({ "input": file })).await;
    let hook = json!({ "url": "https://hook.invalid/warehouse", "description": "Warehouse", "eventTypes": ["CUSTOMER_ERASED"] });
    let hook = staff.done(HOOK, json!({ "input": hook })).await["webhookEndpoint"]["id"].take();
    staff.done(PING, json!({ "input": { "id": hook } })).await;
    let mut tab = chromium.tab(shop.guest().base()).await;
    let addresses = of_router("web/src/admin/mod.rs");
    let mut looks = Looks::new(addresses.clone(), None);

    looks.walk(&mut tab, &["/admin/sign-in"]).await;
    tab.open("/admin/sign-in").await;
    tab.submit("/admin/sign-in", &[("email", EMAIL), ("password", "wrong")])
        .await;
    assert_eq!(tab.status, 422);
    looks.look(&mut tab).await;
    tab.submit("/admin/sign-in", &[("email", EMAIL), ("password", PASSWORD)])
        .await;
    assert_eq!(tab.path().await, "/admin");
    fill(&mut tab).await;
    shop.settle().await;
    looks.walk(&mut tab, &["/admin", "/admin/no-such-room"]).await;
    let rooms = addresses.iter().map(String::as_str);
    let rooms: Vec<_> = rooms.filter(|room| !room.contains('{')).collect();
    looks.walk(&mut tab, &rooms).await;
    let found = [
        "/admin/orders?q=nobody",
        "/admin/products?q=lamp&sort=BEST_SELLING",
        "/admin/products?deleted=yes",
        "/admin/stock?low=yes",
        "/admin/stock?q=mug",
    ];
    looks.walk(&mut tab, &found).await;
    for order in [paid, declined] {
        let desk = format!("/admin/orders/{}", order.id);
        looks.walk(&mut tab, &[&desk, &format!("{desk}/edit")]).await;
    }
    refused(&mut looks, &mut tab).await;
    picked(&mut looks, &mut tab).await;
    let asked = "query($id: ID!) { variant(id: $id) { product { id } } }";
    let product = staff.data(asked, json!({ "id": lamp })).await["variant"]["product"]["id"].take();
    let editor = format!("/admin/products/{}", product.as_str().unwrap());
    let slug = "{ product(slug: \"dipped-mug\") { id } }";
    let mug = staff.data(slug, json!({})).await["product"]["id"].take();
    let beside =
        "mutation($input: ProductRelationsSetInput!) { productRelationsSet(input: $input) { userErrors { code } } }";
    let input = json!({ "productId": product, "kind": "RELATED", "productIds": [mug] });
    staff.done(beside, json!({ "input": input })).await;
    looks.walk(&mut tab, &[&editor]).await;
    kept(&mut tab, &editor).await;
    looks.judge();
    chromium.close().await;
    // The endpoint that never answers would be asked ever more seldom.
    staff.done(UNHOOK, json!({ "input": { "id": hook } })).await;
    shop.close().await;
}

/// An order of which goods are to come back.
async fn returned(shop: &TestShop, staff: &Client, lamp: &str) {
    let sent = shop.guest().buy(&[(lamp, 2)], "tok_approve").await;
    shop.settle().await;
    let dispatch = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
        order { lines { id } } userErrors { code } } }";
    let order = staff.done(dispatch, json!({ "input": { "orderId": sent.id } })).await["order"].take();
    let request = "mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { userErrors { code } } }";
    let line =
        json!({ "lineId": order["lines"][0]["id"], "quantity": 1, "reason": "DAMAGED", "note": "Its foot is bent." });
    let input = json!({ "orderId": sent.id, "idempotencyKey": "back", "note": "Please hurry.", "lines": [line] });
    staff.done(request, json!({ "input": input })).await;
    let withdraw =
        "mutation($input: WithdrawalConfirmInput!) { withdrawalConfirm(input: $input) { userErrors { code } } }";
    let input = json!({ "orderId": sent.id, "idempotencyKey": "withdrawn", "details": "The other one, too." });
    staff.done(withdraw, json!({ "input": input })).await;
    shop.settle().await;
}

/// A page, the action of a form on it, and what is typed there.
type Making = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// One of each thing that staff make.
async fn fill(tab: &mut Tab) {
    let made: &[Making] = &[
        ("/admin/drafts", "/admin/drafts", &[]),
        (
            "/admin/gift-cards",
            "/admin/gift-cards",
            &[("amount", "25"), ("note", "Raffle")],
        ),
        ("/admin/counts", "/admin/counts", &[("note", "Of the year")]),
        ("/admin/transfers", "/admin/transfers", &[("list", "LMP-ALBA-TER 5")]),
        ("/admin/content", "/admin/content", &[("title", "About us")]),
        ("/admin/content", "/admin/menus", &[("title", "Footer")]),
        ("/admin/collections", "/admin/collections", &[("title", "For the hall")]),
        ("/admin/exports", "/admin/exports/start", &[]),
        (
            "/admin/searches/synonyms",
            "/admin/searches/synonyms/create",
            &[("synonyms", "settee, sofa")],
        ),
        (
            "/admin/searches/rules",
            "/admin/searches/rules/create",
            &[("term", "light"), ("find.pins", "alba-dome-lamp")],
        ),
        (
            "/admin/discounts/new",
            "/admin/discounts",
            &[("title", "Spring sale"), ("value", "10"), ("codes", "SPRING")],
        ),
        (
            "/admin/customers/groups",
            "/admin/customers/groups",
            &[("name", "Regulars")],
        ),
        (
            "/admin/customers/companies",
            "/admin/customers/companies",
            &[("name", "Acme")],
        ),
        ("/admin/catalogs", "/admin/catalogs", &[("name", "For businesses")]),
        ("/admin/payments", "/admin/payments/compare", &[]),
        (
            "/admin/webhooks",
            "/admin/webhooks",
            &[("url", "https://hook.invalid/erp"), ("eventTypes", "CUSTOMER_ERASED")],
        ),
    ];
    for &(page, action, typed) in made {
        tab.open(page).await;
        tab.submit(action, typed).await;
    }
}

/// What a form says that was filled in wrongly.
async fn refused(looks: &mut Looks, tab: &mut Tab) {
    const MENU: &str = "/admin/menus/main/save";
    tab.open("/admin/products/new").await;
    tab.submit("/admin/products/new", &[("title", ""), ("price", "dear")])
        .await;
    assert_eq!(tab.status, 422, "{}", tab.text().await);
    looks.look(tab).await;
    tab.open("/admin/menus/main").await;
    let link = [("new.title", "Lamps"), ("new.to", "url"), ("new.url", "/search")];
    tab.submit(MENU, &link).await;
    looks.look(tab).await;
    tab.submit(MENU, &[("0.url", "javascript:alert(1)")]).await;
    assert_eq!(tab.status, 422);
    looks.look(tab).await;
    tab.open("/admin/settings").await;
    tab.submit("/admin/settings/shop", &[("closedOn", "Christmas")]).await;
    assert_eq!(tab.status, 422);
    looks.look(tab).await;
}

/// Goods are found while somebody types; what is ticked stays while the next is searched for.
async fn picked(looks: &mut Looks, tab: &mut Tab) {
    const PICKER: &str = "document.querySelector('[data-goods*=\"name=goodsProducts\"]')";
    tab.open("/admin/discounts/new").await;
    let typed = |words: &str| {
        format!(
            "{PICKER}.querySelector('[type=search]').value = '{words}'; \
             {PICKER}.querySelector('[type=search]').dispatchEvent(new Event('input', {{ bubbles: true }}))"
        )
    };
    for (words, title) in [("alba dome", "Alba Dome Lamp"), ("dipped", "Dipped Mug")] {
        tab.evaluate(&typed(words)).await;
        tab.wait_for(&format!(
            "{PICKER}.querySelector('.found').innerText.includes('{title}')"
        ))
        .await;
        tab.evaluate(&format!("{PICKER}.querySelector('.found [type=checkbox]').click()"))
            .await;
    }
    looks.look(tab).await;
    let draft = [("title", "Two of them"), ("kind", "PRODUCTS"), ("value", "10")];
    tab.submit("/admin/discounts", &draft).await;
    let chosen = format!("[...{PICKER}.querySelectorAll('.picked .good')].map((row) => row.innerText.trim()).sort()");
    assert_eq!(tab.evaluate(&chosen).await, json!(["Alba Dome Lamp", "Dipped Mug"]));
}

/// What was typed into one form of a page stands there still when another was saved, until its own is.
async fn kept(tab: &mut Tab, editor: &str) {
    const PRICE: &str = "document.querySelector('#grid input[name$=\".price\"]')";
    const SHOWN: &str = "document.querySelector('#grid input[name$=\".active\"]')";
    tab.open(editor).await;
    let typed = format!(
        "{PRICE}.value = '99.50'; {PRICE}.dispatchEvent(new Event('input', {{ bubbles: true }})); \
         {SHOWN}.checked = false; {SHOWN}.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    tab.evaluate(&typed).await;
    tab.submit(&format!("{editor}/details"), &[]).await;
    let now = format!("[{PRICE}.value, {SHOWN}.checked, document.querySelectorAll('#grid .theirs').length]");
    assert_eq!(
        tab.evaluate(&now).await,
        json!(["99.50", false, 1]),
        "after the other form"
    );
    tab.submit(&format!("{editor}/variants"), &[]).await;
    assert_eq!(tab.evaluate(&now).await, json!(["99.50", false, 0]), "saved");
}

//! A whole purchase, by keyboard: from the home page to an order that is confirmed.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use crate::{MACHINE, chromium::Chromium, tab::Tab};

const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) { order { status } userErrors { code message } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_by_keyboard_needs_no_script() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _shared = MACHINE.read().await;
    let shop = TestShop::open().await;
    let mut tab = chromium.tab(shop.guest().base()).await;
    tab.command("Emulation.setScriptExecutionDisabled", json!({ "value": true }))
        .await;
    buy(&mut tab, false).await;
    shop.settle().await;
    tab.step_to("Refresh").await;
    tab.enter().await;
    assert!(tab.text().await.contains("Your order is confirmed"));
    assert_eq!(tab.problems(), [""; 0]);
    chromium.close().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_by_keyboard_is_followed_live_with_scripts() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _shared = MACHINE.read().await;
    let shop = TestShop::open().await;
    let packer = shop.staff(StaffRole::Administrator).await;
    let mut tab = chromium.tab(shop.guest().base()).await;
    buy(&mut tab, true).await;
    says(&mut tab, "Your order is confirmed").await;
    // Nobody touches the page: it hears of what staff do.
    dispatch(&packer, &tab).await;
    says(&mut tab, "Your order is on its way").await;
    assert_eq!(tab.problems(), [""; 0]);
    chromium.close().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_country_is_chosen_by_keyboard_and_nothing_is_lost() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _shared = MACHINE.read().await;
    let shop = TestShop::open().await;
    let mut tab = chromium.tab(shop.guest().base()).await;
    tab.open("/products/alba-dome-lamp").await;
    tab.submit("/cart/lines", &[]).await;
    tab.step_to("Go to checkout").await;
    tab.enter().await;
    tab.write_into("Email address", "ada@example.com").await;
    tab.enter().await;
    tab.write_into("First and last name", "Ada Lovelace").await;
    tab.evaluate("document.querySelector('#countryCode').focus()").await;
    tab.down().await;
    tab.wait_for("document.querySelector('[name=fieldsOf]').value !== 'DE'")
        .await;
    let kept =
        "({ at: document.activeElement.id, name: document.querySelector('#name').value, path: location.pathname })";
    assert_eq!(
        tab.evaluate(kept).await,
        json!({ "at": "countryCode", "name": "Ada Lovelace", "path": "/checkout/address" })
    );
    assert_eq!(tab.problems(), [""; 0]);
    chromium.close().await;
    shop.close().await;
}

/// A code that is refused takes nothing away that was typed to pay: a provider's fields could not be put back.
async fn type_a_code(tab: &mut Tab) {
    let code = "(() => {
        document.querySelector('#token').dataset.mine = 'yes';
        const code = document.querySelector('#code');
        code.value = 'NO-SUCH';
        code.form.requestSubmit();
    })()";
    tab.evaluate(code).await;
    tab.wait_for("document.querySelector('#main .summary') !== null").await;
    let kept =
        "[document.querySelector('#token').dataset.mine, document.querySelector('#code').value, location.pathname]";
    assert_eq!(tab.evaluate(kept).await, json!(["yes", "NO-SUCH", "/checkout/payment"]));
    // A browser tells of a form that was refused as of a file that could not be read.
    drop(tab.problems());
}

async fn says(tab: &mut Tab, text: &str) {
    tab.wait_for(&format!("document.body.innerText.includes({})", json!(text)))
        .await;
}

async fn dispatch(packer: &Client, tab: &Tab) {
    let order = tab.path().await;
    let order = order.rsplit('/').next().expect("an order's address");
    packer.done(DISPATCH, json!({ "input": { "orderId": order } })).await;
}

/// With a search, another colour, and everything that the checkout asks.
async fn buy(tab: &mut Tab, has_scripts: bool) {
    tab.open("/").await;
    tab.step_to("Skip to the content").await;
    tab.write_into("Search", "alba dome").await;
    tab.enter().await;
    tab.step_to("Alba Dome Lamp").await;
    tab.enter().await;
    tab.step_to("Sage").await;
    if has_scripts {
        // Only what differs is changed, and the cursor stays where it was.
        tab.press_enter().await;
        tab.wait_for("location.search.includes('Sage') && document.activeElement.innerText.startsWith('Sage')")
            .await;
    } else {
        tab.enter().await;
    }
    tab.step_to("Add to cart").await;
    if has_scripts {
        change_the_cart(tab).await;
    } else {
        tab.enter().await;
    }
    tab.step_to("Go to checkout").await;
    tab.enter().await;
    tab.write_into("Email address", "ada@example.com").await;
    tab.enter().await;
    for (name, text) in [
        ("First and last name", "Ada Lovelace"),
        ("Street and house number", "Unter den Linden 1"),
        ("Postal code", "10117"),
        ("City", "Berlin"),
    ] {
        tab.write_into(name, text).await;
    }
    tab.enter().await;
    assert_eq!(tab.path().await, "/checkout/shipping");
    tab.step_to("Continue").await;
    tab.enter().await;
    assert_eq!(tab.path().await, "/checkout/payment");
    let review = tab.text().await;
    assert!(
        review.contains("Unter den Linden 1") && review.contains("Sage"),
        "{review}"
    );
    if has_scripts {
        type_a_code(tab).await;
    }
    tab.step_to("Order and pay").await;
    tab.enter().await;
    assert!(tab.path().await.starts_with("/orders/ord_"), "{}", tab.text().await);
}

/// The product stays where it is when it is put into the cart, the cart when it is changed: what has changed is said, and the
/// cursor is where it was.
async fn change_the_cart(tab: &mut Tab) {
    tab.press_enter().await;
    tab.wait_for("document.querySelector('dialog.added').open").await;
    assert!(tab.path().await.starts_with("/products/"));
    tab.step_to("View cart").await;
    tab.enter().await;
    tab.step_to("Quantity of Alba Dome Lamp").await;
    tab.write("2").await;
    // It counts as soon as the field is left.
    tab.step_to("Remove Alba Dome Lamp").await;
    tab.wait_for("document.querySelector('#told').textContent.includes('€298.00')")
        .await;
    assert_eq!(tab.evaluate("document.activeElement.id.split('-')[0]").await, "remove");
    let count = tab
        .evaluate("document.querySelector('.basket .count').textContent")
        .await;
    assert_eq!(count, "2");
}

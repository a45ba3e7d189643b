//! Whoever shops reads the shop in their own language: refusals, the timeline and mails.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, purchase::cart_mutation};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_speaks_the_languages_that_it_is_set_to() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let update = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message } } }";
    let locales = ["de", "en", "ja", "ar"];
    staff.done(update, json!({ "input": { "locales": locales } })).await;

    let add = cart_mutation("cartLinesAdd");
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let lines = json!([{ "variantId": mug, "quantity": 0 }]);
    let refused = guest
        .payload(&add, json!({ "input": { "cartId": cart["id"], "lines": lines } }))
        .await;
    assert_eq!(
        refused["userErrors"][0]["message"],
        "Die Menge einer Position muss zwischen 1 und 9.999 liegen."
    );

    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let order = guest.order(&placed).await;
    assert_eq!(
        order["timeline"]["nodes"][0]["message"],
        "Ihre Bestellung ist bei uns eingegangen."
    );

    for (locale, subject, total) in [
        ("de", "Ihre Bestellung {} ist eingegangen", "10,00\u{a0}€"),
        ("en", "We have your order {}", "€10.00"),
        ("ja", "ご注文 {} を承りました", "€10.00"),
        ("ar", "استلمنا طلبك \u{2068}{}\u{2069}", "10.00\u{a0}€"),
    ] {
        let input = json!({ "input": { "lines": [{ "variantId": mug, "quantity": 1 }], "locale": locale } });
        let cart = guest.done(&cart_mutation("cartCreate"), input).await["cart"].take();
        let cart = guest.check_out(&cart).await;
        let placed = guest.place(&cart, locale, "tok_approve").await;
        shop.settle().await;
        let number = placed["order"]["number"].as_str().expect("a number").to_owned();
        let subject = subject.replace("{}", &number);
        let mails = shop.mails().await;
        let mail = mails.iter().find(|mail| mail.subject == subject);
        let mail = mail.unwrap_or_else(|| panic!("{locale}: no {subject}"));
        assert!(mail.text.contains(total) && mail.html.contains(total), "{}", mail.text);
        let direction = if locale == "ar" { "rtl" } else { "ltr" };
        assert!(mail.html.contains(&format!("dir=\"{direction}\"")));
    }
    shop.close().await;
}

/// Mails that are about no order are in the language of whoever gets them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_keep_a_language() {
    let shop = TestShop::open().await;
    let (administrator, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let update = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message } } }";
    let locales = json!({ "input": { "locales": ["en", "de", "fr"] } });
    administrator.done(update, locales).await;
    let language_of = async |email: &str| {
        shop.settle().await;
        let mails = shop.mails().await;
        let mail = mails.iter().rfind(|mail| mail.to.contains(email)).expect("a mail");
        let lang = mail
            .html
            .split("lang=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let lang = lang.unwrap_or_default();
        lang.split('-').next().unwrap_or_default().to_owned()
    };

    let sign_up = "mutation($input: CustomerSignUpInput!) @inContext(language: DE) { customerSignUp(input: $input) {
        requested userErrors { code } } }";
    let input = json!({ "input": { "email": "new@example.com", "name": "Neu", "password": "a dozen fresh lemons" } });
    guest.done(sign_up, input).await;
    assert_eq!(language_of("new@example.com").await, "de");

    let ada = shop.customer("ada@example.com").await;
    let reset = "mutation($input: CustomerPasswordResetRequestInput!) { customerPasswordResetRequest(input: $input) {
        requested userErrors { code } } }";
    let asked = json!({ "input": { "email": "ada@example.com" } });
    guest.done(reset, asked.clone()).await;
    assert_eq!(language_of("ada@example.com").await, "en");
    let change = "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) { customer { language }
        userErrors { code message field } } }";
    let refused = ada.payload(change, json!({ "input": { "language": "ja" } })).await;
    let refused = &refused["userErrors"][0];
    assert_eq!(
        (&refused["code"], &refused["message"]),
        (
            &json!("INVALID"),
            &json!("The shop does not speak this language. It speaks en, de, fr.")
        )
    );
    let changed = ada.done(change, json!({ "input": { "language": "FR" } })).await;
    assert_eq!(changed["customer"]["language"], "fr");
    shop.advance(chrono::TimeDelta::minutes(1)).await;
    guest.done(reset, asked).await;
    assert_eq!(language_of("ada@example.com").await, "fr");

    // Staff read any language that there are words in.
    let staff = shop.staff(StaffRole::Fulfilment).await;
    let set = "mutation($input: StaffLanguageSetInput!) { staffLanguageSet(input: $input) { staffMember { language }
        userErrors { code } } }";
    assert_eq!(
        staff.refusals(set, json!({ "input": { "language": "tlh" } })).await,
        ["INVALID"]
    );
    assert_eq!(
        guest.refusals(set, json!({ "input": { "language": "ja" } })).await,
        ["UNAUTHENTICATED"]
    );
    staff.done(set, json!({ "input": { "language": "ja" } })).await;
    shop.advance(chrono::TimeDelta::minutes(1)).await;
    let forgotten = "mutation($input: StaffPasswordResetRequestInput!) { staffPasswordResetRequest(input: $input) {
        requested userErrors { code } } }";
    guest
        .done(forgotten, json!({ "input": { "email": "fulfilment@example.com" } }))
        .await;
    assert_eq!(language_of("fulfilment@example.com").await, "ja");
    shop.close().await;
}

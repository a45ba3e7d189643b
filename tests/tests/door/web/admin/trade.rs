//! Groups of customers, companies and catalogs, by forms; and what their customers see of them in the storefront.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_adapters::config::OnAccount;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shop::PASSWORD, shopper::Shopper};

use super::at_work;

const EMAIL: &str = "ada@example.com";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terms_are_made_and_bought_by() {
    let shop = TestShop::open_with(|config| config.payment.on_account = Some(OnAccount::default())).await;
    shop.staff(StaffRole::Administrator).await;
    shop.customer(EMAIL).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    group(&mut staff).await;
    company(&mut staff).await;
    catalog(&mut staff).await;
    shop.settle().await;
    storefront(&shop).await;
    shop.settle().await;
    staff.open("/admin/customers/companies").await.expect("Acme GmbH");
    let row = staff.html.split("Acme GmbH").nth(1).unwrap_or_default();
    assert!(
        !row.split("</tr>").next().unwrap_or_default().contains("€0.00"),
        "something is owed"
    );
    shop.close().await;
}

async fn group(staff: &mut Shopper) {
    const LIST: &str = "/admin/customers/groups";
    staff.open(LIST).await.submit(LIST, &[("name", "")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"create-name-error\"");
    staff.submit(LIST, &[("name", "Regulars")]).await;
    let page = staff.path.clone();
    staff
        .submit(&format!("{page}/add"), &[("email", "nobody@example.com")])
        .await;
    staff.expect("id=\"add-email-error\"");
    staff
        .submit(&format!("{page}/add"), &[("email", "Ada@example.com")])
        .await;
    staff.expect("The customer is in the group.");
    staff.expect("Ada Lovelace");
    let saved = [("name", "Friends"), ("code", "friends"), ("note", "by hand")];
    staff.submit(&format!("{page}/save"), &saved).await.expect("by hand");
    staff
        .submit(&format!("{page}/delete"), &[])
        .await
        .expect("The group is deleted.");
    staff
        .submit(&format!("{LIST}/restore"), &[])
        .await
        .expect("The group is back.");
}

async fn company(staff: &mut Shopper) {
    const LIST: &str = "/admin/customers/companies";
    let wrong = [("name", "Acme GmbH"), ("vatNumber", "DE1")];
    staff.open(LIST).await.submit(LIST, &wrong).await;
    staff.expect("id=\"create-vatNumber-error\"");
    staff.submit(LIST, &[("name", "Acme GmbH")]).await;
    let page = staff.path.clone();
    let saved = [
        ("companyName", "Acme GmbH"),
        ("creditLimit", "5,000.00"),
        ("paymentTermsDays", "14"),
        ("countryCode", "DE"),
    ];
    staff.submit(&format!("{page}/save"), &saved).await.expect("Saved.");
    staff.expect("It may owe €5,000.00 more.");
    staff
        .submit(&format!("{page}/buyer-add"), &[("email", EMAIL), ("role", "MANAGER")])
        .await;
    staff.expect("all orders of the company");
    let place = [
        ("placeName", "Warehouse"),
        ("name", "Acme GmbH"),
        ("line1", "Unter den Linden 1"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
        ("countryCode", "DE"),
    ];
    staff
        .submit(&format!("{page}/place-add"), &place)
        .await
        .expect("The place is there.");
    staff
        .submit(&format!("{page}/place-delete"), &[])
        .await
        .expect("The place is deleted.");
    staff
        .submit(&format!("{page}/place-restore"), &[])
        .await
        .expect("Warehouse");
}

async fn catalog(staff: &mut Shopper) {
    const LIST: &str = "/admin/catalogs";
    staff.open(LIST).await.submit(LIST, &[("name", "For businesses")]).await;
    let page = staff.path.clone();
    let html = staff.html.replace("&#x2f;", "/");
    let company = html
        .split("name=\"company\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let company = company.expect("a company to choose").to_owned();
    let saved = [
        ("name", "For businesses"),
        ("adjustmentBasisPoints", "-10"),
        ("goods", "ALL"),
        ("company", company.as_str()),
    ];
    staff.submit(&format!("{page}/save"), &saved).await.expect("Saved.");
    let price = [
        ("sku", "MUG-DIPP-TER"),
        ("currencyCode", "EUR"),
        ("prices", "15.00\n10 12,50"),
    ];
    let wrong = [("sku", "NO-SUCH"), ("currencyCode", "EUR"), ("prices", "15.00")];
    staff
        .submit(&format!("{page}/price"), &wrong)
        .await
        .expect("id=\"price-sku-error\"");
    staff
        .submit(&format!("{page}/price"), &price)
        .await
        .expect("The prices are fixed.");
    staff.expect("€12.50");
    let table = [(
        "csv",
        "sku,currency,from,price\nMUG-DIPP-TER,EUR,20,11.00\nNO-SUCH,EUR,1,1.00\n",
    )];
    staff
        .submit(&format!("{page}/import"), &table)
        .await
        .expect("3: There is no variant");
    let rule = [("sku", "MUG-DIPP-TER"), ("minimum", "2"), ("step", "2")];
    staff.submit(&format!("{page}/rule"), &rule).await.expect("Saved.");
    staff
        .submit(&format!("{page}/product-add"), &[("product", "dipped-mug")])
        .await;
    staff.expect("The product stands in the catalog.");
    staff.open(&format!("{page}/prices.csv")).await;
    assert_eq!(staff.header("content-type"), "text/csv; charset=utf-8");
    staff.expect("MUG-DIPP-TER,EUR,10,12.50");
}

async fn storefront(shop: &TestShop) {
    let mut ada = Shopper::new(shop);
    ada.open("/account/login").await;
    ada.submit("/account/login", &[("email", EMAIL), ("password", PASSWORD)])
        .await;
    ada.open("/products/dipped-mug").await.expect("€15.00");
    ada.expect("Price by quantity");
    ada.expect("€12.50");
    ada.submit("/cart/lines", &[("quantity", "10")]).await;
    ada.open("/cart").await.expect("€125.00");
    ada.open("/checkout/contact").await;
    ada.submit("/checkout/contact", &[("email", EMAIL)]).await;
    ada.open("/checkout/address").await.expect("Warehouse");
    ada.submit("/checkout/address?to=place", &[]).await;
    assert_eq!(ada.path, "/checkout/shipping");
    let method = ada
        .html
        .split("name=\"method\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let method = method.expect("a way to ship").to_owned();
    ada.submit("/checkout/shipping", &[("method", &method)]).await;
    ada.expect("Acme GmbH");
    ada.expect("On account, due on");
    ada.submit("/checkout/payment", &[("method", "on_account")]).await;
    assert!(ada.path.starts_with("/orders/"), "{}", ada.html);
    shop.settle().await;
    let order = ada.path.clone();
    ada.open(&order).await.expect("To be paid on account by");
    ada.expect("Payment agreed");
    assert!(!ada.says("We have received your payment."));

    ada.open("/account").await.expect("You buy for");
    let company = ada.html.replace("&#x2f;", "/");
    let company = company
        .split("href=\"/account/companies/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let company = format!("/account/companies/{}", company.expect("a company"));
    ada.open(&company).await.expect("Due on");
    ada.open("/account")
        .await
        .submit("/account/company", &[("company", "")])
        .await;
    ada.expect("From now on you buy as chosen.");
    ada.open("/products/dipped-mug").await;
    assert!(!ada.says("Price by quantity"));
    let guest = json!({ "slug": "dipped-mug" });
    let anybody = shop.guest();
    let seen = anybody.data(
        "query($slug: String!) { product(slug: $slug) { variants { quantityPrices { from } } } }",
        guest,
    );
    assert!(!seen.await.to_string().contains("from"));
}

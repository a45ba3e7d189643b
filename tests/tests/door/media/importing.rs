//! Pictures that products name by a web address.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use vitrine_commerce::{Context, catalog::import};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{fetched, pictures};

const PRODUCT: &str =
    "{ product(slug: \"mug\") { id pictures { url altText width blurHash import { state reason attempts } } } }";

/// Somebody else's server.
#[derive(Clone, Default)]
pub(super) struct Elsewhere {
    asked: Arc<std::sync::Mutex<HashMap<String, usize>>>,
    is_well: Arc<AtomicUsize>,
}

impl Elsewhere {
    pub(super) async fn open() -> (Self, String) {
        let elsewhere = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let routes = Router::new().fallback(answer).with_state(elsewhere.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        (elsewhere, base)
    }

    fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().get(path).copied().unwrap_or_default()
    }
}

async fn answer(State(elsewhere): State<Elsewhere>, uri: Uri) -> Response {
    *elsewhere
        .asked
        .lock()
        .unwrap()
        .entry(uri.path().to_owned())
        .or_default() += 1;
    let redirect = |to: &str| {
        (
            StatusCode::FOUND,
            [(header::LOCATION, HeaderValue::try_from(to).unwrap())],
        )
            .into_response()
    };
    let well = elsewhere.is_well.load(Ordering::SeqCst) > 0;
    match uri.path() {
        // What it says it is, is not believed.
        "/mug.jpg" => (
            [(header::CONTENT_TYPE, "text/html")],
            pictures::jpeg_with_exif(64, 48, 1),
        )
            .into_response(),
        "/moved.png" => redirect("/new/place.png"),
        "/new/place.png" => pictures::png(30, 30).into_response(),
        "/inside.png" => redirect("http://169.254.169.254/latest/meta-data/"),
        "/file.png" => redirect("file:///etc/passwd"),
        "/round.png" => redirect("/round.png"),
        "/page.jpg" => "<html>Not here any more</html>".into_response(),
        "/drawing.jpg" => "<svg xmlns='http://www.w3.org/2000/svg'/>".into_response(),
        "/bomb.png" => pictures::bomb(50_000, 50_000).into_response(),
        "/huge.jpg" => vec![0xFF; 3_000_000].into_response(),
        // Of a length that nobody is told.
        "/endless.jpg" => {
            let chunks = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0xFFu8; 65_536]));
            Body::from_stream(chunks).into_response()
        }
        "/flaky.png" if well => pictures::png(20, 20).into_response(),
        "/flaky.png" => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        "/late.png" if well => pictures::png(21, 20).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(super) async fn open(inside: bool) -> TestShop {
    TestShop::open_with(|config| {
        config.media.import = true;
        config.media.import_from_inside = inside;
        config.media.max_megabytes = 2;
    })
    .await
}

pub(super) async fn set(staff: &Client, slug: &str, sources: &[&str]) -> Value {
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id version } userErrors { code message field } } }";
    let pictures: Vec<_> = sources
        .iter()
        .map(|source| json!({ "source": source, "alt": "A mug" }))
        .collect();
    let input = json!({ "slug": slug, "title": "Mug", "active": true, "pictures": pictures,
        "variants": [{ "sku": slug.to_uppercase(), "price": "9.00", "onHand": 5 }] });
    staff.done(set, json!({ "input": input })).await["product"].take()
}

async fn shown(client: &Client) -> Vec<Value> {
    client.data(PRODUCT, json!({})).await["product"]["pictures"]
        .as_array()
        .unwrap()
        .clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_that_is_named_comes_into_the_store() {
    let (elsewhere, base) = Elsewhere::open().await;
    let shop = open(true).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (mug, moved) = (format!("{base}/mug.jpg"), format!("{base}/moved.png"));
    let before = set(&staff, "mug", &[&mug, &moved]).await;
    set(&staff, "other", &[&mug]).await;
    shop.settle().await;
    let guest = shop.guest();
    let pictures = shown(&guest).await;
    assert_eq!(
        (&pictures[0]["width"], &pictures[1]["width"], &pictures[0]["altText"]),
        (&json!(64), &json!(30), &json!("A mug"))
    );
    let url = pictures[0]["url"].as_str().unwrap();
    assert!(url.starts_with(guest.base()) && url.ends_with("/mug.jpg"), "{url}");
    assert!(!super::holds(&fetched(url).await, "OF-ADA"));
    assert!(
        pictures[0]["blurHash"].is_string() && pictures[0]["import"].is_null(),
        "shoppers are told nothing"
    );
    assert_eq!(
        shown(&staff).await[0]["import"],
        json!({ "state": "READY", "reason": null, "attempts": 1 })
    );
    assert_eq!(
        (elsewhere.asked("/mug.jpg"), elsewhere.asked("/moved.png")),
        (1, 1),
        "each is fetched once"
    );

    // The same again changes nothing.
    let again = set(&staff, "mug", &[&mug, &moved]).await;
    assert_eq!(again, before);
    // A size of it is made like any other's.
    let query = "{ product(slug: \"mug\") { featuredPicture { url(transform: { maxWidth: 32, format: WEBP }) } } }";
    let data = guest.data(query, json!({})).await;
    fetched(data["product"]["featuredPicture"]["url"].as_str().unwrap()).await;

    // Cart and order lead to it, too, and it cannot be deleted under the product.
    let variant = staff.variant("mug", "MUG").await;
    let placed = guest.buy(&[(&variant, 1)], "tok_approve").await;
    let order =
        "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { lines { picture { url width } } } }";
    let order = guest
        .data(order, json!({ "id": placed.id, "token": placed.access_token }))
        .await;
    assert_eq!(
        order["order"]["lines"][0]["picture"],
        json!({ "url": url, "width": 64 })
    );
    let media = staff
        .data(
            "{ media(first: 5) { nodes { id createdBy usedBy { slug } } } }",
            json!({}),
        )
        .await["media"]["nodes"]
        .take();
    let used = media
        .as_array()
        .unwrap()
        .iter()
        .find(|media| media["usedBy"].as_array().unwrap().len() == 2)
        .unwrap();
    assert_eq!(
        (&used["createdBy"], &used["usedBy"]),
        (&json!("system"), &json!([{ "slug": "mug" }, { "slug": "other" }]))
    );
    let delete = "mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { userErrors { code } } }";
    assert_eq!(
        staff.refusals(delete, json!({ "input": { "id": used["id"] } })).await,
        ["INVALID"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_fetched_is_told_and_shown_from_where_it_lies() {
    let (elsewhere, base) = Elsewhere::open().await;
    let shop = open(true).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let cases = [
        ("/missing.jpg", "404"),
        ("/page.jpg", "not a picture that can be used"),
        ("/drawing.jpg", "SVG is not taken"),
        ("/bomb.png", "too large"),
        ("/huge.jpg", "more than 2097152 bytes"),
        ("/endless.jpg", "more than 2097152 bytes"),
        ("/file.png", "sends on to where nothing can be fetched"),
        ("/round.png", "redirected too often"),
    ];
    let sources: Vec<String> = cases.iter().map(|(path, _)| format!("{base}{path}")).collect();
    set(&staff, "mug", &sources.iter().map(String::as_str).collect::<Vec<_>>()).await;
    shop.settle().await;
    for ((picture, source), (_, says)) in shown(&staff).await.iter().zip(&sources).zip(cases) {
        assert_eq!(picture["url"], json!(source));
        assert_eq!(picture["import"]["state"], "FAILED", "{source}");
        let reason = picture["import"]["reason"].as_str().unwrap();
        assert!(reason.contains(says), "{source}: {reason}");
    }
    let failures = "{ pictureImportFailures(first: 20) { nodes { address reason usedBy { kind slug } } } }";
    let failures = staff.data(failures, json!({})).await["pictureImportFailures"]["nodes"].take();
    assert_eq!(failures.as_array().unwrap().len(), cases.len());
    assert_eq!(failures[0]["usedBy"], json!([{ "kind": "product", "slug": "mug" }]));
    let answer = shop
        .guest()
        .answer("{ pictureImportFailures(first: 1) { nodes { address } } }", json!({}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");

    let retry = "mutation($input: ProductPicturesRetryInput!) { productPicturesRetry(input: $input) { retried userErrors { code } } }";
    let product = staff.data(PRODUCT, json!({})).await["product"]["id"].take();
    let retried = staff.done(retry, json!({ "input": { "productId": product } })).await;
    assert_eq!(retried["retried"], 8);
    shop.settle().await;
    assert_eq!(elsewhere.asked("/missing.jpg"), 2);
    assert_eq!(staff.done(retry, json!({ "input": {} })).await["retried"], 8);
    shop.settle().await;
    assert_eq!(
        shop.guest().refusals(retry, json!({ "input": {} })).await,
        ["UNAUTHENTICATED"]
    );
    // Whoever names it anew has it tried anew.
    set(&staff, "other", &[&sources[0]]).await;
    shop.settle().await;
    assert_eq!(elsewhere.asked("/missing.jpg"), 4);
    let missing = json!({ "input": { "productId": "prod_01j9zzzzzzzzzzzzzzzzzzzzzz" } });
    assert_eq!(staff.refusals(retry, missing).await, ["NOT_FOUND"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_answer_is_asked_again() {
    let (elsewhere, base) = Elsewhere::open().await;
    let shop = open(true).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let source = format!("{base}/flaky.png");
    set(&staff, "mug", &[&source]).await;
    shop.settle().await;
    let import = shown(&staff).await[0]["import"].clone();
    assert_eq!((&import["state"], &import["attempts"]), (&json!("PENDING"), &json!(1)));
    assert!(import["reason"].as_str().unwrap().contains("503"));
    shop.advance(TimeDelta::seconds(30)).await;
    assert_eq!(elsewhere.asked("/flaky.png"), 1);
    elsewhere.is_well.store(1, Ordering::SeqCst);
    shop.advance(TimeDelta::minutes(1)).await;
    assert_eq!(
        (shown(&staff).await[0]["width"].clone(), elsewhere.asked("/flaky.png")),
        (json!(20), 2)
    );

    // One that never does is given up.
    elsewhere.is_well.store(0, Ordering::SeqCst);
    set(
        &staff,
        "mug",
        &[&format!("{base}/late.png"), "http://127.0.0.1:9/nobody.png"],
    )
    .await;
    for minutes in [0, 1, 5, 25, 125, 700] {
        shop.advance(TimeDelta::minutes(minutes)).await;
    }
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let import = shown(&staff).await[1]["import"].clone();
    assert_eq!(
        (&import["state"], &import["attempts"]),
        (&json!("FAILED"), &json!(5)),
        "{import}"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_address_leads_inside() {
    let (elsewhere, base) = Elsewhere::open().await;
    let port = base.rsplit_once(':').unwrap().1;
    let shop = open(false).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let sources = [
        format!("{base}/mug.jpg"),
        format!("http://localhost:{port}/mug.jpg"),
        format!("http://127.1:{port}/mug.jpg"),
        format!("http://2130706433:{port}/mug.jpg"),
        format!("http://[::ffff:127.0.0.1]:{port}/mug.jpg"),
        format!("http://[::1]:{port}/mug.jpg"),
        format!("http://0.0.0.0:{port}/mug.jpg"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://100.100.100.200/latest/meta-data/".to_owned(),
        "http://10.0.0.1/mug.jpg".to_owned(),
        "http://192.168.1.1/mug.jpg".to_owned(),
        "http://[fd00:ec2::254]/latest/meta-data/".to_owned(),
    ];
    set(&staff, "mug", &sources.iter().map(String::as_str).collect::<Vec<_>>()).await;
    shop.settle().await;
    for picture in shown(&staff).await {
        let import = &picture["import"];
        assert_eq!(import["state"], "FAILED", "{picture}");
        assert_eq!(
            import["reason"], "The address leads to this machine or an inner network.",
            "{picture}"
        );
    }
    assert_eq!(elsewhere.asked("/mug.jpg"), 0, "nobody was asked");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_does_not_lead_inside() {
    let (elsewhere, base) = Elsewhere::open().await;
    let fetcher = vitrine_adapters::outbound::client(vitrine_adapters::outbound::Limits {
        timeout: std::time::Duration::from_secs(5),
        connect_timeout: std::time::Duration::from_secs(5),
        redirects_max: 5,
        allow_inside: false,
    });
    // The first step is let through as if it were outside: by its own client, which asks only of what it is
    // sent on to. (What stands in the first address, `check` has looked at.)
    let error = fetcher
        .unwrap()
        .get(format!("{base}/inside.png"))
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        vitrine_adapters::outbound::is_inside(&error),
        Some(vitrine_adapters::outbound::Inside::Private)
    );
    assert_eq!(elsewhere.asked("/inside.png"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_many_pictures_is_fetched_by_one_job_after_another() {
    let (elsewhere, base) = Elsewhere::open().await;
    let shop = open(true).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mut csv = "Handle,Title,Published,Variant SKU,Variant Price,Image Src\n".to_owned();
    for number in 0..40 {
        let path = if number % 2 == 0 { "mug.jpg" } else { "moved.png" };
        csv.push_str(&format!(
            "p-{number},Product {number},true,P-{number},1.00,{base}/{path}?n={number}\n"
        ));
    }
    let context = Context::system(shop.shop(), "import");
    let parsed = import::read(csv.as_bytes(), context.currency);
    let dry = import::dry_run(shop.shop(), &context, &parsed, |_, _| {})
        .await
        .unwrap();
    assert_eq!((dry.created, dry.pictures_to_fetch), (40, 40));
    assert_eq!(elsewhere.asked("/mug.jpg"), 0);
    let report = import::apply(shop.shop(), &context, &parsed, |_, _| {}).await.unwrap();
    assert_eq!(
        (report.created, report.pictures_to_fetch, report.problems.len()),
        (40, 40, 0)
    );
    shop.settle().await;
    assert_eq!(
        (elsewhere.asked("/mug.jpg"), elsewhere.asked("/new/place.png")),
        (20, 20)
    );
    // Equal pictures are one.
    let media = staff.data("{ media(first: 50) { nodes { id } } }", json!({})).await;
    assert_eq!(media["media"]["nodes"].as_array().unwrap().len(), 2);
    shop.close().await;
}

//! Pictures as browsers and caches fetch them.

use image::{GenericImageView, ImageFormat};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    s3_stand_in::{self, S3StandIn},
};

use super::{fetched, pictures, uploaded};

const URL: &str = "query($id: ID!, $transform: ImageTransformInput) { node(id: $id) { ... on Media { image { url(transform: $transform) } } } }";

async fn transformed(client: &Client, media: &Value, transform: Value) -> String {
    let data = client
        .data(URL, json!({ "id": media["id"], "transform": transform }))
        .await;
    data["node"]["image"]["url"].as_str().unwrap().to_owned()
}

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_is_shown_as_it_is_asked_for() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    a_picture_may_be_kept_for_ever(&staff).await;
    sizes_and_formats_are_made_once(&staff).await;
    what_is_transparent_stays_so_or_becomes_white(&staff).await;
    a_wrong_wish_is_told(&shop, &staff).await;
    shop.close().await;
}

async fn a_picture_may_be_kept_for_ever(staff: &Client) {
    let content = pictures::jpeg(60, 40);
    let media = uploaded(staff, "a.jpg", "image/jpeg", content.clone()).await;
    let url = media["image"]["url"].as_str().unwrap();
    let answer = reqwest::get(url).await.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("access-control-allow-origin"), "*");
    assert_eq!(header("content-length"), content.len().to_string());
    let etag = header("etag");
    let with = async |name: header::HeaderName, value: &str| {
        vitrine_tests::client::http()
            .get(url)
            .header(name, value)
            .send()
            .await
            .unwrap()
    };
    let known = with(header::IF_NONE_MATCH, &format!("\"other\", W/{etag}")).await;
    assert_eq!(
        (known.status(), known.headers()["etag"].to_str().unwrap()),
        (StatusCode::NOT_MODIFIED, etag.as_str())
    );
    assert_eq!(with(header::IF_NONE_MATCH, "\"other\"").await.status(), StatusCode::OK);

    let part = with(header::RANGE, "bytes=10-19").await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        part.headers()["content-range"],
        format!("bytes 10-19/{}", content.len())
    );
    assert_eq!(part.bytes().await.unwrap(), content[10..20]);
    assert_eq!(
        with(header::RANGE, "bytes=9999999-").await.status(),
        StatusCode::RANGE_NOT_SATISFIABLE
    );
    assert_eq!(with(header::RANGE, "bytes=0-1,4-5").await.status(), StatusCode::OK);

    let head = vitrine_tests::client::http().head(url).send().await.unwrap();
    assert_eq!(
        (head.status(), head.headers()["content-length"].to_str().unwrap()),
        (StatusCode::OK, content.len().to_string().as_str())
    );
    for wrong in [
        url.replace(".jpg", ".png"),
        url.replace(".jpg", ".svg"),
        url.replace("/a.jpg", "/%2e%2e/a.jpg"),
        url.replace("/a.jpg", "/a.jpg/b"),
        url.replace("/a.jpg", "/31x31-q80/a.jpg"),
        format!("{}/media/{}/a.jpg", staff.base(), "0".repeat(64)),
        format!("{}/media/{}/32x32-q80/a.webp", staff.base(), "0".repeat(64)),
        format!("{}/media/originals/a.jpg", staff.base()),
    ] {
        let answer = reqwest::get(&wrong).await.unwrap();
        assert_eq!(
            (answer.status(), answer.headers()["cache-control"].to_str().unwrap()),
            (StatusCode::NOT_FOUND, "no-store"),
            "{wrong}"
        );
    }
}

async fn sizes_and_formats_are_made_once(staff: &Client) {
    let media = uploaded(staff, "a.jpg", "image/jpeg", pictures::jpeg(120, 80)).await;
    for (transform, format, size) in [
        (json!({ "maxWidth": 64 }), ImageFormat::Jpeg, (64, 43)),
        (json!({ "maxWidth": 50, "format": "WEBP" }), ImageFormat::WebP, (64, 43)),
        (json!({ "maxHeight": 32, "format": "PNG" }), ImageFormat::Png, (48, 32)),
        (
            json!({ "maxWidth": 32, "maxHeight": 32, "crop": "CENTER" }),
            ImageFormat::Jpeg,
            (32, 32),
        ),
        // Never larger than it is.
        (
            json!({ "maxWidth": 3000, "format": "WEBP", "quality": 33 }),
            ImageFormat::WebP,
            (120, 80),
        ),
    ] {
        let url = transformed(staff, &media, transform.clone()).await;
        let first = reqwest::get(&url).await.unwrap();
        assert_eq!(first.headers()["cache-control"], "public, max-age=31536000, immutable");
        let first = first.bytes().await.unwrap();
        assert_eq!(image::guess_format(&first).unwrap(), format, "{transform}");
        let image = pictures::decoded(&first);
        assert_eq!((image.width(), image.height()), size, "{transform}");
        // Kept: to the bit the same, and a part of it can be had.
        let again = vitrine_tests::client::http()
            .get(&url)
            .header("range", "bytes=0-3")
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), StatusCode::PARTIAL_CONTENT, "{transform}");
        assert_eq!(fetched(&url).await, first);
    }
    // The left is red, the right is blue.
    let crop = async |crop: &str| {
        let wanted = json!({ "maxWidth": 32, "maxHeight": 48, "crop": crop, "format": "PNG" });
        pictures::decoded(&fetched(&transformed(staff, &media, wanted).await).await).get_pixel(16, 24)
    };
    let (left, right) = (crop("LEFT").await, crop("RIGHT").await);
    assert!(
        left[0] > 180 && left[2] < 90 && right[2] > 180 && right[0] < 90,
        "{left:?} {right:?}"
    );
    let avif = transformed(staff, &media, json!({ "maxWidth": 32, "format": "AVIF" })).await;
    let answer = reqwest::get(&avif).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "image/avif");
    assert_eq!(&answer.bytes().await.unwrap()[4..12], b"ftypavif");
}

async fn what_is_transparent_stays_so_or_becomes_white(staff: &Client) {
    let media = uploaded(staff, "a.png", "image/png", pictures::transparent_png(64, 64)).await;
    for (format, expected) in [
        ("PNG", [0, 0, 0, 0]),
        ("WEBP", [0, 0, 0, 0]),
        ("JPEG", [255, 255, 255, 255]),
    ] {
        let url = transformed(staff, &media, json!({ "maxWidth": 32, "format": format })).await;
        let pixel = pictures::decoded(&fetched(&url).await).get_pixel(4, 16);
        assert_eq!(pixel[3], expected[3], "{format}");
        assert!(
            expected[3] == 0 || pixel.0.iter().all(|part| *part > 245),
            "{format}: {pixel:?}"
        );
    }
    // Of a moving picture, the first frame.
    let gif = uploaded(staff, "a.gif", "image/gif", pictures::gif_with_comment(64, 64)).await;
    let small = transformed(staff, &gif, json!({ "maxWidth": 32 })).await;
    assert_eq!(image::guess_format(&fetched(&small).await).unwrap(), ImageFormat::Png);
}

async fn a_wrong_wish_is_told(shop: &TestShop, staff: &Client) {
    let media = uploaded(staff, "a.jpg", "image/jpeg", pictures::jpeg(8, 8)).await;
    for (transform, field) in [
        (json!({ "maxWidth": 0 }), "maxWidth"),
        (json!({ "maxWidth": -5 }), "maxWidth"),
        (json!({ "maxHeight": 3841 }), "maxHeight"),
        (json!({ "quality": 0 }), "quality"),
        (json!({ "quality": 101 }), "quality"),
        (json!({ "maxWidth": 100, "crop": "CENTER" }), "crop"),
    ] {
        let answer = staff
            .answer(URL, json!({ "id": media["id"], "transform": transform }))
            .await;
        let error = &answer["errors"][0]["extensions"];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("BAD_USER_INPUT"), &json!(["transform", field])),
            "{transform}"
        );
    }
    // What is drawn by the demo has one size.
    let query = "query($transform: ImageTransformInput) { product(slug: \"alba-dome-lamp\") { pictures { url(transform: $transform) width blurHash } } }";
    let data = shop
        .guest()
        .data(query, json!({ "transform": { "maxWidth": 100, "format": "AVIF" } }))
        .await;
    let picture = &data["product"]["pictures"][0];
    assert!(
        picture["url"].as_str().unwrap().ends_with(".svg") && picture["width"].is_null(),
        "{picture}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_ask_at_once_wait_for_one() {
    let shop = TestShop::open_with(|config| config.media.at_once = 1).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let media = uploaded(&staff, "a.jpg", "image/jpeg", pictures::jpeg(400, 300)).await;
    let url = transformed(&staff, &media, json!({ "maxWidth": 200, "format": "WEBP" })).await;
    // More than may wait for a turn.
    let asked = (0..100).map(|_| fetched(&url));
    let answers = futures::future::join_all(asked).await;
    assert!(answers.iter().all(|answer| answer == &answers[0]));
    // Of different ones, too many are refused at once, and nothing breaks.
    let urls = (0..10u8).flat_map(|tens| {
        ["jpg", "webp"].map(|ending| {
            let base = url.rsplit_once('/').unwrap().0.rsplit_once('/').unwrap().0.to_owned();
            [160, 240, 320, 400].map(|width| format!("{base}/{width}x3840-q{}/a.{ending}", (tens + 1) * 10))
        })
    });
    let urls: Vec<String> = urls.flatten().collect();
    let answers = futures::future::join_all(urls.iter().map(reqwest::get)).await;
    let statuses: Vec<_> = answers.into_iter().map(|answer| answer.unwrap().status()).collect();
    assert!(
        statuses.iter().all(|status| matches!(status.as_u16(), 200 | 503)),
        "{statuses:?}"
    );
    assert!(statuses.contains(&StatusCode::OK));
    fetched(&urls[0]).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_lie_in_s3_and_are_shown_by_a_cdn() {
    let store = S3StandIn::start().await.unwrap();
    let url = store.url().to_owned();
    let shop = TestShop::open_with(|config| {
        config.media.store = vitrine_adapters::config::Store::S3;
        config.media.s3 = Some(vitrine_adapters::config::S3 {
            endpoint: Some(url),
            bucket: s3_stand_in::BUCKET.to_owned(),
            region: s3_stand_in::REGION.to_owned(),
            access_key_id: vitrine_adapters::config::Secret::new(s3_stand_in::ACCESS_KEY_ID),
            secret_access_key: vitrine_adapters::config::Secret::new(s3_stand_in::SECRET_ACCESS_KEY),
            prefix: "shop".to_owned(),
            path_style: true,
            allow_http: true,
        });
        config.media.base_url = Some("https://cdn.example.com/".to_owned());
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let content = pictures::jpeg(60, 40);
    let media = uploaded(&staff, "a.jpg", "image/jpeg", content.clone()).await;
    let small = transformed(&staff, &media, json!({ "maxWidth": 32 })).await;
    let path = |url: &str| url.strip_prefix("https://cdn.example.com").unwrap().to_owned();
    let original = path(media["image"]["url"].as_str().unwrap());
    // As the CDN asks.
    assert_eq!(fetched(&format!("{}{original}", staff.base())).await, content);
    fetched(&format!("{}{}", staff.base(), path(&small))).await;
    let names: Vec<String> = store.objects().into_keys().collect();
    assert_eq!(names.len(), 2, "the original and a size of it: {names:?}");
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("shop/originals/") || name.starts_with("shop/renditions/"))
    );

    store.set_down(true);
    let answer = reqwest::get(format!("{}{original}", staff.base())).await.unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    store.set_down(false);
    fetched(&format!("{}{original}", staff.base())).await;
    shop.close().await;
}

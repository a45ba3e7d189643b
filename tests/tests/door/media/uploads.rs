//! Files that staff send.

use chrono::TimeDelta;
use image::{GenericImageView, ImageFormat};
use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{CREATE, STAGE, fetched, holds, pictures, put, sent, staged, uploaded};

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_staff_send_is_looked_at() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    a_picture_is_sent_looked_at_and_shown(&staff).await;
    nothing_but_the_picture_is_kept(&staff).await;
    a_picture_is_turned_as_the_camera_was_held(&staff).await;
    what_is_no_picture_is_refused_with_a_sentence(&staff).await;
    names_come_from_the_shop(&staff).await;
    only_staff_with_the_right_send_and_see(&shop, &staff).await;
    shop.close().await;
}

async fn a_picture_is_sent_looked_at_and_shown(staff: &Client) {
    let content = pictures::jpeg(60, 40);
    let media = uploaded(staff, "Oak Chair (front).JPG", "image/jpeg", content.clone()).await;
    let url = media["image"]["url"].as_str().unwrap().to_owned();
    assert!(url.ends_with("/oak-chair-front.jpg"), "{url}");
    assert_eq!(
        (&media["fileName"], &media["mimeType"], &media["altText"]),
        (
            &json!("Oak Chair (front).JPG"),
            &json!("image/jpeg"),
            &json!("Two halves")
        )
    );
    assert_eq!(
        (&media["image"]["width"], &media["image"]["height"]),
        (&json!(60), &json!(40))
    );
    assert!(media["image"]["blurHash"].as_str().unwrap().len() > 6);
    assert_eq!(fetched(&url).await, content);

    // The same again is the same.
    let again = uploaded(staff, "other.jpg", "image/jpeg", content).await;
    assert_eq!(
        (&again["id"], &again["image"]["url"]),
        (&media["id"], &media["image"]["url"])
    );
    let list = staff
        .data("{ media(first: 10, query: \"OAK\") { nodes { id } } }", json!({}))
        .await;
    assert_eq!(list["media"]["nodes"], json!([{ "id": media["id"] }]));
    let none = staff
        .data("{ media(first: 10, query: \"%\") { nodes { id } } }", json!({}))
        .await;
    assert_eq!(none["media"]["nodes"], json!([]));
}

async fn nothing_but_the_picture_is_kept(staff: &Client) {
    for (name, mime_type, content, format) in [
        (
            "a.jpg",
            "image/jpeg",
            pictures::jpeg_with_exif(40, 20, 1),
            ImageFormat::Jpeg,
        ),
        (
            "a.png",
            "image/png",
            pictures::png_with_exif(40, 20, 1),
            ImageFormat::Png,
        ),
        (
            "a.webp",
            "image/webp",
            pictures::webp_with_exif(40, 20),
            ImageFormat::WebP,
        ),
        (
            "a.gif",
            "image/gif",
            pictures::gif_with_comment(40, 20),
            ImageFormat::Gif,
        ),
    ] {
        assert!(holds(&content, "OF-ADA"), "{name}");
        let before = pictures::decoded(&content);
        let media = uploaded(staff, name, mime_type, content).await;
        let stored = fetched(media["image"]["url"].as_str().unwrap()).await;
        for secret in ["OF-ADA", "Exif", "EXIF", "eXIf", "xmpmeta", "script", "8BIM"] {
            assert!(!holds(&stored, secret), "{name} holds {secret}");
        }
        assert_eq!(image::guess_format(&stored).unwrap(), format);
        // To the bit what it was.
        assert_eq!(pictures::decoded(&stored), before, "{name}");
    }
}

async fn a_picture_is_turned_as_the_camera_was_held(staff: &Client) {
    // 6: the camera lay on its side, and the picture is shown turned to the right.
    for (name, mime_type, content) in [
        ("a.jpg", "image/jpeg", pictures::jpeg_with_exif(40, 20, 6)),
        ("a.png", "image/png", pictures::png_with_exif(40, 20, 6)),
    ] {
        let media = uploaded(staff, name, mime_type, content).await;
        let size = (&media["image"]["width"], &media["image"]["height"]);
        assert_eq!(size, (&json!(20), &json!(40)), "{name}");
        let stored = fetched(media["image"]["url"].as_str().unwrap()).await;
        assert!(!holds(&stored, "OF-ADA"), "{name}");
        let shown = pictures::decoded(&stored);
        assert_eq!((shown.width(), shown.height()), (20, 40));
        // What was left is above.
        let (top, bottom) = (shown.get_pixel(10, 5), shown.get_pixel(10, 35));
        assert!(
            top[0] > 180 && top[2] < 90 && bottom[2] > 180 && bottom[0] < 90,
            "{name}: {top:?} {bottom:?}"
        );
    }
}

async fn what_is_no_picture_is_refused_with_a_sentence(staff: &Client) {
    let whole = pictures::jpeg(64, 64);
    let svg =
        b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec();
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf".to_vec();
    for (what, content, says) in [
        (
            "a text",
            b"not a picture at all".to_vec(),
            "not a picture that can be used",
        ),
        (
            "a page",
            b"<html><script>alert(1)</script>".to_vec(),
            "not a picture that can be used",
        ),
        ("an SVG that is called JPEG", svg, "SVG is not taken"),
        ("an AVIF", avif, "AVIF and HEIC are not taken"),
        ("half a JPEG", whole[..whole.len() / 2].to_vec(), "broken or cut off"),
        ("a head of a JPEG", whole[..20].to_vec(), "broken or cut off"),
        ("half a PNG", pictures::png(64, 64)[..60].to_vec(), "broken or cut off"),
        (
            "half a GIF",
            pictures::gif_with_comment(64, 64)[..900].to_vec(),
            "broken or cut off",
        ),
        (
            "half a WebP",
            pictures::webp_with_exif(64, 64)[..60].to_vec(),
            "broken or cut off",
        ),
        ("a bomb", pictures::bomb(60_000, 60_000), "too large"),
        ("a bomb of many pixels", pictures::bomb(16_000, 16_000), "too large"),
        (
            "a head with no picture behind it",
            pictures::bomb(64, 64),
            "broken or cut off",
        ),
        ("nothing but zeros", vec![0; 1000], "not a picture that can be used"),
    ] {
        let payload = sent(staff, "a.jpg", "image/jpeg", content).await;
        assert_eq!(payload["media"], Value::Null, "{what}");
        let error = &payload["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("INVALID"), &json!(["input", "uploadId"])),
            "{what}"
        );
        assert!(error["message"].as_str().unwrap().contains(says), "{what}: {error}");
    }
    // What it is called says nothing of what it is.
    let media = uploaded(staff, "chair.gif", "image/gif", pictures::png(8, 8)).await;
    assert_eq!(media["mimeType"], "image/png");
    assert!(media["image"]["url"].as_str().unwrap().ends_with("/chair.png"));
}

async fn names_come_from_the_shop(staff: &Client) {
    for (shade, name) in [
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "/etc/cron.d/x.jpg",
        "a%2f..%2fb.jpg",
    ]
    .into_iter()
    .enumerate()
    {
        let media = uploaded(staff, name, "image/jpeg", pictures::jpeg(8 + shade as u32, 8)).await;
        let url = media["image"]["url"].as_str().unwrap();
        assert!(
            !url.contains("..") && !url.contains('%') && !url.contains("etc/"),
            "{url}"
        );
        fetched(url).await;
    }
    let long = json!({ "input": [{ "filename": "a".repeat(300), "mimeType": "image/jpeg", "fileSize": 10 }] });
    assert_eq!(staff.refusals(STAGE, long).await, ["INVALID"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_allows_what_was_asked_for_and_nothing_else() {
    let shop = TestShop::open_with(|config| config.media.max_megabytes = 1).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let refused = async |files: Value| staff.refusals(STAGE, json!({ "input": files })).await;
    let file = |kind: &str, size: i64| json!({ "filename": "a.jpg", "mimeType": kind, "fileSize": size });
    assert_eq!(refused(json!([])).await, ["INVALID"]);
    assert_eq!(refused(json!(vec![file("image/jpeg", 10); 51])).await, ["INVALID"]);
    let wrong = [
        file("image/svg+xml", 10),
        file("image/avif", 10),
        file("text/html", 10),
        file("image/png", 0),
        file("image/png", -1),
        file("image/png", 2_000_000),
    ];
    assert_eq!(refused(json!(wrong)).await, ["INVALID"; 6]);

    let content = pictures::jpeg(16, 16);
    let target = staged(&staff, "a.jpg", "image/jpeg", content.len()).await;
    let (url, id) = (target["url"].as_str().unwrap().to_owned(), target["uploadId"].clone());
    assert_eq!(
        (&target["method"], &target["headers"][0]["value"]),
        (&json!("PUT"), &json!("image/jpeg"))
    );
    let status = async |url: &str, kind: &str, content: &[u8]| put(url, kind, content.to_vec()).await.status();
    assert_eq!(
        status(&url, "image/png", &content).await,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    assert_eq!(
        status(&url, "image/jpeg", &content[1..]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let more = [&content[..], b"more"].concat();
    assert_eq!(status(&url, "image/jpeg", &more).await, StatusCode::PAYLOAD_TOO_LARGE);
    for forged in [
        url.replace("size=", "size=1"),
        url.replace("expires=", "expires=9"),
        url.replace("type=image/jpeg", "type=text/html"),
        url.replace("signature=", "signature=A"),
        url.split('?').next().unwrap().to_owned(),
        format!("{url}&more=1"),
    ] {
        if forged != url {
            let status = status(&forged, "image/jpeg", &content).await;
            assert!(
                status == StatusCode::FORBIDDEN || status == StatusCode::NOT_FOUND,
                "{forged}: {status}"
            );
        }
    }
    // Not sent yet.
    assert_eq!(
        staff.refusals(CREATE, json!({ "input": { "uploadId": id } })).await,
        ["INVALID"]
    );
    assert_eq!(status(&url, "image/jpeg", &content).await, StatusCode::NO_CONTENT);
    let first = staff.done(CREATE, json!({ "input": { "uploadId": id } })).await["media"]["id"].clone();
    // Taken up twice is taken up once, and sent no more.
    let second = staff.done(CREATE, json!({ "input": { "uploadId": id } })).await["media"]["id"].clone();
    assert_eq!(first, second);
    assert_eq!(status(&url, "image/jpeg", &content).await, StatusCode::FORBIDDEN);

    let late = staged(&staff, "b.jpg", "image/jpeg", content.len()).await;
    shop.advance(TimeDelta::minutes(61)).await;
    assert_eq!(
        status(late["url"].as_str().unwrap(), "image/jpeg", &content).await,
        StatusCode::FORBIDDEN
    );
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert_eq!(
        staff
            .refusals(CREATE, json!({ "input": { "uploadId": late["uploadId"] } }))
            .await,
        ["INVALID"]
    );
    shop.close().await;
}

async fn only_staff_with_the_right_send_and_see(shop: &TestShop, staff: &Client) {
    let media = uploaded(staff, "a.jpg", "image/jpeg", pictures::jpeg(8, 8)).await;
    let file = json!({ "input": [{ "filename": "a.jpg", "mimeType": "image/jpeg", "fileSize": 10 }] });
    let (packer, customer, guest) = (
        shop.staff(StaffRole::Fulfilment).await,
        shop.customer("ada@example.com").await,
        shop.guest(),
    );
    for (client, code) in [
        (&packer, "FORBIDDEN"),
        (&customer, "FORBIDDEN"),
        (&guest, "UNAUTHENTICATED"),
    ] {
        assert_eq!(client.refusals(STAGE, file.clone()).await, [code]);
        let delete = "mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { userErrors { code } } }";
        assert_eq!(
            client.refusals(delete, json!({ "input": { "id": media["id"] } })).await,
            [code]
        );
        let answer = client.answer("{ media(first: 1) { nodes { id } } }", json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
        let node = client
            .data("query($id: ID!) { node(id: $id) { id } }", json!({ "id": media["id"] }))
            .await;
        assert_eq!(node["node"], Value::Null);
    }
    let node = staff
        .data(
            "query($id: ID!) { node(id: $id) { __typename id } }",
            json!({ "id": media["id"] }),
        )
        .await;
    assert_eq!(node["node"], json!({ "__typename": "Media", "id": media["id"] }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_does_it_all() {
    let shop = TestShop::open_with(|config| config.media.max_megabytes = 1).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let post = async |token: Option<&str>, file: &[u8]| {
        let part = |head: &str, body: &[u8]| [b"--frontier\r\n", head.as_bytes(), b"\r\n\r\n", body, b"\r\n"].concat();
        let body = [
            part(
                "Content-Disposition: form-data; name=\"altText\"",
                "Zwei Hälften".as_bytes(),
            ),
            part(
                "Content-Disposition: form-data; name=\"file\"; filename=\"../Lamp.png\"\r\nContent-Type: image/png",
                file,
            ),
            b"--frontier--\r\n".to_vec(),
        ]
        .concat();
        let url = format!("{}/api/media", staff.base());
        let request = vitrine_tests::client::http()
            .post(url)
            .header("content-type", "multipart/form-data; boundary=frontier");
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.body(body).send().await.unwrap()
    };
    let answer = post(staff.access_token(), &pictures::transparent_png(30, 20)).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let media: Value = answer.json().await.unwrap();
    assert_eq!(
        (&media["width"], &media["mimeType"], &media["altText"]),
        (&json!(30), &json!("image/png"), &json!("Zwei Hälften"))
    );
    let path = media["path"].as_str().unwrap();
    assert!(path.ends_with("/lamp.png"), "{path}");
    fetched(&format!("{}{path}", staff.base())).await;

    let refused = post(staff.access_token(), b"no picture").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(
        (&problem["code"], &problem["errors"][0]["field"]),
        (&json!("INVALID"), &json!(["file"]))
    );
    assert_eq!(
        post(staff.access_token(), &vec![0; 1_200_000]).await.status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        post(None, &pictures::png(8, 8)).await.status(),
        StatusCode::UNAUTHORIZED
    );
    let customer = shop.customer("ada@example.com").await;
    assert_eq!(
        post(customer.access_token(), &pictures::png(8, 8)).await.status(),
        StatusCode::FORBIDDEN
    );
    let json = staff.post("/api/media", json!({})).await;
    assert_eq!(json.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    shop.close().await;
}

//! What a variant has besides its row: delivery, a file, a picture, attributes, and what becomes of orders once it is sold
//! out; and what its product says, in plain text.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::at_work;
use crate::media::pictures::png;

const VARIANT: &str = "query($sku: String!) { variant(sku: $sku) { id requiresShipping shippingClass picture { id } \
                       files { name } attributes { name value } stockPolicy { policy promiseDays } \
                       product { id descriptionHtml attributes { name value } collections { title } } } }";

async fn variant(client: &Client) -> Value {
    client.data(VARIANT, json!({ "sku": "SONG" })).await["variant"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_variant_is_furnished_by_forms() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    let made = [("title", "Song"), ("price", "2.00"), ("sku", "SONG"), ("onHand", "0")];
    staff
        .open("/admin/products/new")
        .await
        .submit("/admin/products/new", &made)
        .await;
    let editor = staff.path.clone();
    staff
        .attach(&format!("{editor}/pictures"), "file", "cover.png", &png(40, 50))
        .await
        .attach(&format!("{editor}/pictures"), "file", "back.png", &png(50, 40))
        .await;
    let id = variant(&client).await["id"].as_str().unwrap().to_owned();
    let page = format!("/admin/variants/{id}");
    let to = |deed: &str| format!("{page}/{deed}");

    staff.open(&page).await;
    let delivery = [("isDigital", "yes"), ("shippingClass", "none")];
    staff.submit(&to("delivery"), &delivery).await.expect("Saved.");
    staff
        .attach(&to("files"), "file", "song.flac", b"fLaC, and a song")
        .await;
    staff.expect("The file is added.");
    staff
        .submit(&to("file-delete"), &[])
        .await
        .expect("The file is removed.");
    staff
        .submit(&to("file-restore"), &[])
        .await
        .expect("The file is restored.");
    let lines = [("otherAttributes", "Key: A minor\nKey: C major\nMood: calm")];
    staff
        .submit(&to("attributes"), &lines)
        .await
        .expect("The attributes are saved.");
    let late = [("policy", "BACKORDER"), ("promiseDays", "9")];
    staff.submit(&to("policy"), &late).await.expect("Saved.");
    let pictures: Vec<_> = staff.html.split("name=\"pictureId\" value=\"").skip(1).collect();
    let pictures = pictures.iter().filter_map(|rest| rest.split('"').next());
    let pictures: Vec<_> = pictures.map(str::to_owned).collect();
    let picture = pictures[1].clone();
    staff
        .submit(&to("picture"), &[("pictureId", picture.as_str())])
        .await
        .expect("The picture is saved.");

    let it = variant(&client).await;
    assert_eq!(
        (&it["requiresShipping"], &it["shippingClass"]),
        (&json!(false), &json!("none"))
    );
    assert_eq!(it["files"], json!([{ "name": "song.flac" }]));
    assert_eq!(it["stockPolicy"], json!({ "policy": "BACKORDER", "promiseDays": 9 }));
    assert_eq!(it["picture"]["id"], picture);
    assert_eq!(it["attributes"].as_array().unwrap().len(), 3);
    staff
        .submit(&to("attributes"), &[("otherAttributes", "Mood: calm")])
        .await;
    assert_eq!(
        variant(&client).await["attributes"],
        json!([{ "name": "Mood", "value": "calm" }])
    );
    // None of its own: the product's first stands for it.
    assert_eq!(pictures[0], "");
    staff.submit(&to("picture"), &[("pictureId", "")]).await;
    let shown = variant(&client).await["picture"]["id"].take();
    assert!(shown.is_string() && shown != json!(picture), "{shown}");

    // Plain text becomes paragraphs, and is shown as it was typed.
    staff.open(&editor).await;
    let text = "Sung by hand.\n\nFour < five & calm.";
    let details = [
        ("title", "Song"),
        ("slug", "song"),
        ("status", "ACTIVE"),
        ("descriptionHtml", text),
    ];
    staff
        .submit(&format!("{editor}/details"), &details)
        .await
        .expect("Saved.");
    staff.expect(text);
    let html = variant(&client).await["product"]["descriptionHtml"].take();
    let html = html.as_str().unwrap();
    assert!(
        html.contains("<p>Sung by hand.</p>") && html.contains("Four &lt; five &amp; calm."),
        "{html}"
    );
    staff
        .submit(&format!("{editor}/attributes"), &[("otherAttributes", "Label: Own")])
        .await
        .expect("The attributes are saved.");
    assert_eq!(
        variant(&client).await["product"]["attributes"],
        json!([{ "name": "Label", "value": "Own" }])
    );
    shop.settle().await;
    shop.close().await;
}

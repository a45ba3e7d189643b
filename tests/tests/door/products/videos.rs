use serde_json::{Value, json};

use super::{chair, errors, mutation, open, wrong};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_has_videos_that_lie_elsewhere() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    let videos = json!([
        { "url": "https://youtu.be/dQw4w9WgXcQ", "title": "How it is made" },
        { "url": "https://cdn.example.com/chair.mp4", "thumbnailSource": "/pictures/chair.svg" }]);
    let input = json!({ "productId": chair["id"], "expectedVersion": chair["version"], "videos": videos });
    staff
        .done(&mutation("productVideosSet"), json!({ "input": input }))
        .await;
    let query = "{ product(slug: \"oak-chair\") { videos { id host url embedUrl title thumbnailUrl } } }";
    let shown = guest.data(query, json!({})).await["product"]["videos"].take();
    assert_eq!(shown[0]["host"], "YOUTUBE");
    assert_eq!(
        shown[0]["embedUrl"],
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    );
    assert_eq!(
        shown[0]["thumbnailUrl"],
        "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg"
    );
    assert_eq!(
        (&shown[1]["host"], &shown[1]["embedUrl"], &shown[1]["title"]),
        (&json!("FILE"), &Value::Null, &Value::Null)
    );
    assert!(
        shown[1]["thumbnailUrl"]
            .as_str()
            .unwrap()
            .ends_with("/pictures/chair.svg")
    );

    let turned = json!({ "productId": chair["id"], "videos": [{ "url": "https://cdn.example.com/chair.mp4" }] });
    staff
        .done(&mutation("productVideosSet"), json!({ "input": turned }))
        .await;
    let left = guest.data(query, json!({})).await["product"]["videos"].take();
    assert_eq!(
        (left.as_array().unwrap().len(), &left[0]["id"]),
        (1, &shown[1]["id"]),
        "what stays keeps its id"
    );
    let bad = json!({ "productId": chair["id"], "videos": [{ "url": "https://evil.example/page" }, { "url": "http://youtu.be/dQw4w9WgXcQ" }] });
    assert_eq!(
        errors(&staff, "productVideosSet", bad).await,
        [
            wrong("input.videos.0.url", "INVALID"),
            wrong("input.videos.1.url", "INVALID")
        ]
    );
    shop.close().await;
}

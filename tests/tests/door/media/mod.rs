//! Pictures: how they come in, are shown, and go.

mod importing;
mod missing;
pub mod pictures;
mod products;
mod serving;
mod shelves;
mod uploads;

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use vitrine_tests::Client;

const CREATE: &str = "mutation($input: MediaCreateInput!) { mediaCreate(input: $input) {
    media { id fileName mimeType byteSize altText version deletedAt createdBy image { url width height blurHash altText } usedBy { kind slug title } }
    userErrors { code message field } } }";
const STAGE: &str = "mutation($input: [StagedUploadInput!]!) { stagedUploadsCreate(input: $input) {
    targets { uploadId url method headers { name value } expiresAt } userErrors { code message field } } }";

/// Asks for an address to send a file to.
async fn staged(client: &Client, name: &str, mime_type: &str, size: usize) -> Value {
    let input = json!({ "input": [{ "filename": name, "mimeType": mime_type, "fileSize": size }] });
    client.done(STAGE, input).await["targets"][0].take()
}

async fn put(url: &str, mime_type: &str, content: Vec<u8>) -> Response {
    let request = vitrine_tests::client::http().put(url).header("content-type", mime_type);
    request.body(content).send().await.unwrap()
}

/// Sends a file, and gives what `mediaCreate` answers of it.
async fn sent(client: &Client, name: &str, mime_type: &str, content: Vec<u8>) -> Value {
    let target = staged(client, name, mime_type, content.len()).await;
    let answer = put(target["url"].as_str().unwrap(), mime_type, content).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let input = json!({ "input": { "uploadId": target["uploadId"], "altText": "Two halves" } });
    client.payload(CREATE, input).await
}

/// Sends a file that is a picture.
async fn uploaded(client: &Client, name: &str, mime_type: &str, content: Vec<u8>) -> Value {
    let mut payload = sent(client, name, mime_type, content).await;
    assert_eq!(payload["userErrors"], json!([]));
    payload["media"].take()
}

async fn fetched(url: &str) -> Vec<u8> {
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{url}");
    answer.bytes().await.unwrap().to_vec()
}

fn holds(content: &[u8], text: &str) -> bool {
    content.windows(text.len()).any(|window| window == text.as_bytes())
}

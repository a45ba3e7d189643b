//! A browser without scripts at the storefront: it keeps cookies, follows redirects, and sends the forms that it was shown.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use reqwest::{Method, Response, StatusCode, header::HeaderMap};

use crate::{TestShop, client::http_that_stays, patience::PATIENCE};

/// More redirects in a row lead nowhere.
const REDIRECTS_MAX: usize = 5;

/// Somebody with a browser.
pub struct Shopper {
    http: reqwest::Client,
    base: String,
    /// By name: the value, and the path below which it is sent.
    cookies: BTreeMap<String, (String, String)>,
    accept_language: &'static str,
    /// Of the last request: whatever it was redirected to.
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Shopper {
    pub fn new(shop: &TestShop) -> Self {
        Self {
            http: http_that_stays(),
            base: shop.guest().base().to_owned(),
            cookies: BTreeMap::new(),
            accept_language: "en",
            path: String::new(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            html: String::new(),
        }
    }

    #[must_use]
    pub fn reading(self, accept_language: &'static str) -> Self {
        Self {
            accept_language,
            ..self
        }
    }

    pub async fn open(&mut self, path: &str) -> &mut Self {
        self.send(Method::GET, path, None, &[]).await
    }

    /// Sends the form whose action this is, as the page shows it, with what is typed.
    ///
    /// # Panics
    /// When the page has no such form.
    pub async fn submit(&mut self, action: &str, typed: &[(&str, &str)]) -> &mut Self {
        let mut fields = self.fields(action);
        for (name, value) in typed {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        // As browsers say of themselves.
        let origin = self.base.clone();
        let headers = [("origin", origin.as_str())];
        self.send(Method::POST, action, Some(&fields), &headers).await
    }

    /// Sends a form that takes files, as the page shows it, with one of them.
    ///
    /// # Panics
    /// When the page has no such form.
    pub async fn attach(&mut self, action: &str, field: &str, file_name: &str, content: &[u8]) -> &mut Self {
        const BOUNDARY: &str = "nobody-writes-this";
        let mut body = Vec::new();
        for (name, value) in self.fields(action) {
            let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.http.post(format!("{}{action}", self.base)).body(body);
        let request = request
            .header("content-type", content_type)
            .header("cookie", self.cookies_of(action));
        let response = request.send().await.expect("an answer");
        let target = response
            .headers()
            .get("location")
            .map(|target| target.to_str().expect("an address").to_owned());
        match target {
            Some(target) => self.open(&target).await,
            None => self.show(action.to_owned(), response).await,
        }
    }

    /// Sends what no page has shown.
    pub async fn forge(&mut self, action: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> &mut Self {
        let owned: Vec<_> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.send(Method::POST, action, Some(&owned), headers).await
    }

    /// The hidden fields of a form.
    ///
    /// # Panics
    /// When the page has no such form.
    pub fn fields(&self, action: &str) -> Vec<(String, String)> {
        let begin = format!("method=\"post\" action=\"{action}\"");
        let mut forms = self.html.split("<form ").filter(|form| {
            form.split('>')
                .next()
                .is_some_and(|tag| unescaped(tag).contains(&begin))
        });
        let form = forms
            .next()
            .unwrap_or_else(|| panic!("{} has no form to {action}:\n{}", self.path, self.html));
        let form = form.split("</form>").next().unwrap_or_default();
        let hidden = form.split("<input type=\"hidden\" ").skip(1);
        let value = |input: &str, name: &str| {
            let after = input.split_once(&format!("{name}=\"")).map(|(_, after)| after);
            after.and_then(|after| after.split('"').next()).map(unescaped)
        };
        hidden
            .filter_map(|input| Some((value(input, "name")?, value(input, "value")?)))
            .collect()
    }

    /// Whether the page says it, in its own letters.
    pub fn says(&self, text: &str) -> bool {
        unescaped(&self.html).contains(text)
    }

    /// # Panics
    /// When it does not.
    pub fn expect(&self, text: &str) {
        assert!(
            self.says(text),
            "{} ({}) does not say {text:?}:\n{}",
            self.path,
            self.status,
            self.html
        );
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        fields: Option<&[(String, String)]>,
        headers: &[(&str, &str)],
    ) -> &mut Self {
        let mut response = self.request(method.clone(), path, fields, headers).await;
        let began = Instant::now();
        // These tests share two cores with many others. What a busy shop does not answer it does not do.
        while response.status() == StatusCode::SERVICE_UNAVAILABLE && began.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_secs(1)).await;
            response = self.request(method.clone(), path, fields, headers).await;
        }
        let mut at = path.to_owned();
        for _ in 0..REDIRECTS_MAX {
            let Some(target) = response
                .headers()
                .get("location")
                .filter(|_| response.status().is_redirection())
            else {
                break;
            };
            let target = target.to_str().expect("an address");
            at = target.strip_prefix(&self.base).unwrap_or(target).to_owned();
            // With 307 a browser sends the same again, and with any other it asks for a page.
            response = match response.status() {
                StatusCode::TEMPORARY_REDIRECT => self.request(method.clone(), &at, fields, headers).await,
                _ => self.request(Method::GET, &at, None, &[]).await,
            };
        }
        self.show(at, response).await
    }

    async fn show(&mut self, at: String, response: Response) -> &mut Self {
        self.path = at;
        self.status = response.status();
        self.headers = response.headers().clone();
        self.html = response.text().await.expect("a text");
        self
    }

    fn cookies_of(&self, path: &str) -> String {
        let sent = self.cookies.iter().filter(|(_, (_, below))| path.starts_with(below));
        let pairs: Vec<_> = sent.map(|(name, (value, _))| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    async fn request(
        &mut self,
        method: Method,
        path: &str,
        fields: Option<&[(String, String)]>,
        headers: &[(&str, &str)],
    ) -> Response {
        let (url, cookies) = match path.starts_with("http") {
            true => (path.to_owned(), String::new()),
            false => (format!("{}{path}", self.base), self.cookies_of(path)),
        };
        let mut request = self.http.request(method, url);
        request = request.header("cookie", cookies).header("accept", "text/html");
        request = request.header("accept-language", self.accept_language);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(fields) = fields {
            let form = fields
                .iter()
                .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
            let form = form.collect::<Vec<_>>().join("&");
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form);
        }
        let response = request.send().await.expect("an answer");
        for set in response.headers().get_all("set-cookie") {
            self.keep(set.to_str().expect("a cookie of visible letters"));
        }
        response
    }

    fn keep(&mut self, set: &str) {
        let is_of_shoppers = set.contains("; Path=/;") && set.contains("; HttpOnly; SameSite=Lax");
        let is_of_staff = set.contains("; Path=/admin;") && set.contains("; HttpOnly; SameSite=Strict");
        let is_of_sign_in = set.contains("; Path=/auth/oidc;") && set.contains("; HttpOnly; SameSite=Lax");
        assert!(is_of_shoppers || is_of_staff || is_of_sign_in, "{set}");
        let below = match (is_of_staff, is_of_sign_in) {
            (true, _) => "/admin",
            (_, true) => "/auth/oidc",
            _ => "/",
        };
        let (name, value) = set
            .split(';')
            .next()
            .and_then(|pair| pair.split_once('='))
            .expect("a cookie");
        match set.contains("Max-Age=0") {
            true => self.cookies.remove(name),
            false => self
                .cookies
                .insert(name.to_owned(), (value.to_owned(), below.to_owned())),
        };
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn unescaped(html: &str) -> String {
    let letters = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    letters
        .iter()
        .fold(html.to_owned(), |text, (escaped, letter)| text.replace(escaped, letter))
}

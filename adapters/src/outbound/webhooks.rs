//! Sends events to addresses that staff name.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::{
    Client, Response, Url,
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
};
use vitrine_commerce::ports::webhook_sender::{
    ANSWER_BYTES_MAX, AddressProblem, SendError, WebhookAnswer, WebhookRequest, WebhookSender,
};

use super::client::{Inside, Limits, check, client, is_inside};

/// How long an endpoint may take over an event.
const TIMEOUT: Duration = Duration::from_secs(10);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Sends over HTTP.
pub struct HttpWebhooks {
    client: Client,
    allow_inside: bool,
}

impl HttpWebhooks {
    /// `allow_inside` has it send to this machine and its network as well, and without encryption.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(allow_inside: bool) -> Result<Self, reqwest::Error> {
        let limits = Limits {
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            redirects_max: 0,
            allow_inside,
        };
        Ok(Self {
            client: client(limits)?,
            allow_inside,
        })
    }

    fn checked(&self, address: &str) -> Result<Url, AddressProblem> {
        let url = Url::parse(address).map_err(|_| AddressProblem::Form)?;
        check(&url, self.allow_inside).map_err(|inside| problem(&inside))?;
        match url.scheme() == "https" || self.allow_inside {
            true => Ok(url),
            false => Err(AddressProblem::Unencrypted),
        }
    }
}

#[async_trait]
impl WebhookSender for HttpWebhooks {
    fn check(&self, url: &str) -> Result<(), AddressProblem> {
        self.checked(url).map(drop)
    }

    async fn send(&self, request: WebhookRequest) -> Result<WebhookAnswer, SendError> {
        let url = self.checked(&request.url).map_err(SendError::Refused)?;
        let mut post = self
            .client
            .post(url)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(request.body);
        for (name, value) in request.headers {
            post = post.header(HeaderName::from_static(name), value);
        }
        let response = post.send().await.map_err(|error| told(&error))?;
        Ok(WebhookAnswer {
            status: response.status().as_u16(),
            body: beginning(response).await,
        })
    }
}

/// What breaks off is as long as it is: the status has come.
async fn beginning(mut response: Response) -> String {
    let mut body = Vec::new();
    while body.len() < ANSWER_BYTES_MAX {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            _ => break,
        }
    }
    body.truncate(ANSWER_BYTES_MAX);
    // PostgreSQL keeps no NUL in a text.
    String::from_utf8_lossy(&body).replace('\0', "\u{fffd}")
}

fn told(error: &reqwest::Error) -> SendError {
    if let Some(inside) = is_inside(error) {
        return SendError::Refused(problem(&inside));
    }
    let said = match error {
        _ if error.is_timeout() => "The endpoint did not answer in time.",
        _ if error.is_connect() => "The endpoint cannot be reached.",
        _ => "The answer of the endpoint broke off.",
    };
    SendError::Unanswered(said.to_owned())
}

fn problem(inside: &Inside) -> AddressProblem {
    match inside {
        Inside::Scheme => AddressProblem::Unencrypted,
        Inside::Credentials => AddressProblem::Credentials,
        Inside::Private | Inside::Redirects => AddressProblem::Inside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sends_to_the_outside_and_encrypted() {
        let (outside, all) = (HttpWebhooks::new(false).unwrap(), HttpWebhooks::new(true).unwrap());
        for (url, expected) in [
            ("https://example.com/hook?key=1", Ok(())),
            ("http://example.com/hook", Err(AddressProblem::Unencrypted)),
            ("ftp://example.com/hook", Err(AddressProblem::Unencrypted)),
            ("example.com/hook", Err(AddressProblem::Form)),
            ("https://ada@example.com/hook", Err(AddressProblem::Credentials)),
            ("https://127.1/hook", Err(AddressProblem::Inside)),
            ("https://[::ffff:10.0.0.1]/hook", Err(AddressProblem::Inside)),
            ("https://169.254.169.254/latest/meta-data/", Err(AddressProblem::Inside)),
        ] {
            assert_eq!(outside.check(url), expected, "{url}");
        }
        assert_eq!(all.check("http://127.0.0.1:8081/hook"), Ok(()));
        assert_eq!(all.check("file:///etc/passwd"), Err(AddressProblem::Unencrypted));
    }
}

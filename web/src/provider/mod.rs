//! Signing in at a provider of OpenID Connect, without a script: a button leads there, and the way back ends at a page of
//! ours. What comes back is good for nothing without the text that lies in a cookie of this browser.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    answer::Answer,
    documents::{ProviderList, ProviderSession, provider_list as list, provider_session as session},
    problem::Problem,
    refusals::{Errors, Refusal, errors, refusals},
    visit::{Form, PROVIDER, Visit, local},
};

/// How long somebody may take there, in seconds: as long as the API lets them.
const SECONDS: u32 = 10 * 60;

/// Whom a door lets in.
#[derive(Debug, Clone, Copy)]
pub enum Audience {
    Customers,
    Staff,
}

impl Audience {
    fn is(self, of: &list::AuthProviderAudience) -> bool {
        use list::AuthProviderAudience as Of;
        matches!((self, of), (Self::Customers, Of::Customers) | (Self::Staff, Of::Staff))
    }
}

/// The pages of a door.
pub struct Door {
    pub audience: Audience,
    /// Where the buttons lead, but for the provider's name.
    pub begin: &'static str,
    /// Where the way back ends.
    pub end: &'static str,
}

/// As a page shows it.
#[derive(Debug, Serialize)]
pub struct Button {
    title: String,
    href: String,
}

impl Door {
    /// One for each provider that this door is for. `back`: where somebody goes on who is signed in.
    ///
    /// # Errors
    /// Where they cannot be asked for.
    pub async fn buttons(&self, visit: &Visit, back: &str) -> Result<Vec<Button>, Problem> {
        let found = self.providers(visit).await?;
        let button = |provider: list::ProviderListAuthProviders| Button {
            href: format!("{}/{}?back={}", self.begin, query(&provider.name), query(back)),
            title: provider.title,
        };
        Ok(found.into_iter().map(button).collect())
    }

    /// Sends the browser to a provider.
    ///
    /// # Errors
    /// `NotFound` for a provider that this door is not for.
    pub async fn begin(&self, mut visit: Visit, provider: &str) -> Answer {
        let mut found = self.providers(&visit).await?.into_iter();
        let provider = found.find(|known| known.name == provider);
        let provider = provider.ok_or(Problem::NotFound)?;
        let asked = Form::from(visit.uri.query().unwrap_or_default());
        let secret = visit.site.api().secret();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&secret));
        // With `?` or `&` at its end the code comes in the query, which we read without a script.
        let (public_url, back) = (&visit.site.settings().public_url, local(asked.text("back")));
        let return_to = format!("{public_url}{}?back={}&", self.end, query(back));
        let there = format!(
            "{}?code_challenge={challenge}&return_to={}",
            provider.start_url,
            query(&return_to)
        );
        visit.set_cookie(PROVIDER, &secret, SECONDS);
        Ok(visit.go(&there))
    }

    async fn providers(&self, visit: &Visit) -> Result<Vec<list::ProviderListAuthProviders>, Problem> {
        let mut found = visit.ask(ProviderList, list::Variables {}).await?.auth_providers;
        found.retain(|provider| self.audience.is(&provider.audience));
        Ok(found)
    }
}

/// Makes a session of what came back. Gives why there is none; nothing where there is.
///
/// # Errors
/// Where the API cannot be asked.
pub async fn redeem(visit: &mut Visit, code: &str, second_factor: Option<String>) -> Result<Vec<Refusal>, Problem> {
    visit.forget_access_token();
    let Some(secret) = visit.cookie(PROVIDER).map(str::to_owned) else {
        return Ok(vec![Refusal::at("INVALID_TOKEN", "")]);
    };
    let input = session::SessionFromCodeInput {
        code: code.to_owned(),
        code_verifier: secret,
        second_factor,
    };
    let data = visit.ask(ProviderSession, session::Variables { input }).await?;
    let answered = data.session_from_code.ok_or(Problem::Broken)?;
    let Some(session) = answered.session else {
        return Ok(refusals(&answered.user_errors));
    };
    visit.sign_in(&session.access_token, &session.refresh_token);
    visit.set_cookie(PROVIDER, "", 0);
    Ok(Vec::new())
}

/// What is said of a way that ended without a session.
pub fn told(visit: &Visit, refused: &[Refusal]) -> Errors {
    let Some(first) = refused.first() else {
        return Errors::new();
    };
    let ours = visit.say(&format!("provider.error.{}", first.code));
    match ours.is_empty() {
        true => errors(visit, refused),
        false => Errors::from([(String::new(), ours)]),
    }
}

/// Of a way that ended at the provider, or at our door: as the address says.
pub fn failed(asked: &Form) -> Option<Refusal> {
    let code = asked.some("error")?;
    let is_known = [
        "DECLINED",
        "EMAIL_UNVERIFIED",
        "IDENTITY_PROVIDER_UNAVAILABLE",
        "WRONG_CREDENTIALS",
    ]
    .contains(&code.as_str());
    Some(Refusal::at(if is_known { &code } else { "INVALID_TOKEN" }, ""))
}

fn query(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

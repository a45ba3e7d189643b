//! A provider of OpenID Connect: authorization code with PKCE, and an ID token whose signature, issuer, audience,
//! nonce and times are checked by the library.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata},
};
use tokio::sync::Mutex;
use vitrine_commerce::ports::{
    Clock,
    identity_provider::{Audience, Handshake, Identity, IdentityError, IdentityProvider},
};

use super::fetch::Fetcher;
use crate::config::Oidc;

/// How long what a provider publishes of itself, its keys included, is believed without asking again.
const DISCOVERED_FOR: Duration = Duration::from_secs(300);

/// How long one that did not answer is not asked again: whoever signs in meanwhile need not wait to learn it.
const AWAY_FOR: Duration = Duration::from_secs(10);

/// Speaks with one provider.
pub struct OidcProvider {
    settings: Oidc,
    secret: String,
    issuer: IssuerUrl,
    clock: Arc<dyn Clock>,
    http: Fetcher,
    discovered: Mutex<Option<Discovered>>,
}

/// What came of asking a provider for what it publishes.
struct Discovered {
    at: Instant,
    /// `None` where it did not answer.
    metadata: Option<CoreProviderMetadata>,
}

impl OidcProvider {
    /// # Errors
    /// When the issuer is no address, or the file with the secret cannot be read.
    pub fn new(settings: &Oidc, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        Ok(Self {
            secret: settings.secret()?,
            issuer: IssuerUrl::new(settings.issuer.clone())?,
            settings: settings.clone(),
            clock,
            http: Fetcher::new()?,
            discovered: Mutex::default(),
        })
    }

    /// What the provider publishes of itself.
    async fn metadata(&self) -> Result<CoreProviderMetadata, IdentityError> {
        // Held while it is asked: who comes meanwhile waits for the same answer, within its time-out.
        let mut discovered = self.discovered.lock().await;
        match discovered.as_ref() {
            Some(Discovered {
                at,
                metadata: Some(metadata),
            }) if at.elapsed() < DISCOVERED_FOR => return Ok(metadata.clone()),
            Some(Discovered { at, metadata: None }) if at.elapsed() < AWAY_FOR => return Err(unavailable(Away)),
            _ => {}
        }
        let asked = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        *discovered = Some(Discovered {
            at: Instant::now(),
            metadata: asked.as_ref().ok().cloned(),
        });
        asked.map_err(unavailable)
    }
}

#[async_trait]
impl IdentityProvider for OidcProvider {
    fn title(&self) -> &str {
        &self.settings.title
    }

    fn audience(&self) -> Audience {
        self.settings.audience
    }

    async fn address(&self, handshake: &Handshake) -> Result<String, IdentityError> {
        let client = CoreClient::from_provider_metadata(self.metadata().await?, self.id(), Some(self.secret()))
            .set_redirect_uri(redirect(handshake)?);
        let verifier = PkceCodeVerifier::new(handshake.verifier.clone());
        let (state, nonce) = (handshake.state.clone(), handshake.nonce.clone());
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let scopes = self.settings.scopes().into_iter().map(Scope::new);
        let (url, _, _) = client
            .authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce))
            .add_scopes(scopes)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    async fn identify(&self, code: &str, handshake: &Handshake) -> Result<Identity, IdentityError> {
        let client = CoreClient::from_provider_metadata(self.metadata().await?, self.id(), Some(self.secret()))
            .set_redirect_uri(redirect(handshake)?);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(unavailable)?
            .set_pkce_verifier(PkceCodeVerifier::new(handshake.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(_) => refused(error),
                // It cannot be reached, or what it says is no answer: whoever signs in has done nothing wrong.
                _ => unavailable(error),
            })?;
        let token = answer.id_token().ok_or_else(|| refused(Missing))?;
        let clock = self.clock.clone();
        let verifier = client.id_token_verifier().set_time_fn(move || clock.now());
        let nonce = Nonce::new(handshake.nonce.clone());
        let claims = token.claims(&verifier, &nonce).map_err(refused)?;
        let email = claims.email().filter(|_| claims.email_verified() == Some(true));
        Ok(Identity {
            subject: claims.subject().to_string(),
            verified_email: email.map(|email| email.to_string()),
            name: claims
                .name()
                .and_then(|name| name.get(None))
                .map(|name| name.to_string()),
        })
    }
}

impl OidcProvider {
    fn id(&self) -> ClientId {
        ClientId::new(self.settings.client_id.clone())
    }

    fn secret(&self) -> ClientSecret {
        ClientSecret::new(self.secret.clone())
    }
}

/// It did not answer a moment ago, and was not asked again.
#[derive(Debug, thiserror::Error)]
#[error("it did not answer a moment ago")]
struct Away;

/// It gave a token, but none that says who somebody is.
#[derive(Debug, thiserror::Error)]
#[error("there is no ID token")]
struct Missing;

fn redirect(handshake: &Handshake) -> Result<RedirectUrl, IdentityError> {
    RedirectUrl::new(handshake.redirect_url.clone()).map_err(unavailable)
}

fn unavailable(error: impl std::error::Error + Send + Sync + 'static) -> IdentityError {
    IdentityError::Unavailable(Box::new(error))
}

fn refused(error: impl std::error::Error + Send + Sync + 'static) -> IdentityError {
    IdentityError::Refused(Box::new(error))
}

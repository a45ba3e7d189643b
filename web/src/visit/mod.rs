//! One request of a browser: who sends it, in which language it reads, what it brought in its cookies, and how it is
//! answered.

mod ask;
mod cookies;
mod forgery;
mod form;
mod language;
mod orders;
mod remember;
mod rows;
mod session;
mod show;

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use graphql_client::GraphQLQuery;
use sha2::{Digest, Sha256};

use crate::{
    answer::{Answer, Fields},
    api::{Answered, Upload, Visitor},
    problem::Problem,
    site::Site,
    theme::Theme,
};
use ask::{body, read};
pub use cookies::{CART, COUNTRY, DRAFT, Jar, LANGUAGE, PROVIDER, TOUR, YEAR};
pub use form::{Form, Open, Posted, amount, local};
pub use language::{language, named as language_named};
pub use rows::Rows;

/// In a request: its page is everybody's.
#[derive(Debug, Clone, Copy)]
pub struct Everybodys;

/// One request.
pub struct Visit {
    pub site: Site,
    pub uri: Uri,
    pub language: String,
    /// Whether what it is answered with is for everybody: there is no token in it.
    is_public: bool,
    /// Whether it only reads: all that it asks for stands in its address.
    is_read: bool,
    /// The cookie of whoever is signed in.
    session: &'static str,
    theme: Arc<Theme>,
    headers: HeaderMap,
    visitor: Visitor,
    jar: Jar,
    /// What each form of its page has to bring; nothing where its page is everybody's.
    form_token: String,
    fields: Fields,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        Ok(Self::of(site, parts))
    }
}

impl Visit {
    pub fn of(site: &Site, parts: &Parts) -> Self {
        let mut jar = Jar::read(&parts.headers, site.is_https());
        let theme = site.theme();
        let is_public = parts.extensions.get::<Everybodys>().is_some();
        // Whoever follows a link to a language stays in it. With a page that is everybody's, that is seen to around it.
        let named = language_named(&parts.uri, &theme);
        if let Some(named) = named
            .as_ref()
            .filter(|named| !is_public && jar.get(LANGUAGE) != Some(named))
        {
            jar.set(LANGUAGE, named, YEAR);
        }
        let language = named.unwrap_or_else(|| language(&jar, &parts.headers, &theme));
        let (path, session) = (parts.uri.path(), session::cookie(parts.uri.path()));
        // Staff see what they wrote, wherever they are.
        let is_shopper = !session::is_admin(path);
        let form_token = match is_public {
            true => String::new(),
            false => jar.csrf(site.api()),
        };
        let visitor = Visitor {
            key: (is_shopper && !is_public).then(|| visitor_key(&form_token)),
            language: is_shopper.then(|| language.clone()),
            reads: Some(language.clone()),
            country: jar.get(COUNTRY).filter(|_| is_shopper).map(str::to_owned),
            extensions: parts.extensions.clone(),
            user_agent: parts.headers.get(header::USER_AGENT).cloned(),
            access_token: session::tokens(&jar, session).map(|(access, _)| access),
            // Staff open orders by what they may do, and not by what this browser has bought.
            order_tokens: if is_shopper { orders::tokens(&jar) } else { Vec::new() },
        };
        Self {
            site: site.clone(),
            uri: parts.uri.clone(),
            is_public,
            is_read: parts.method.is_safe(),
            language,
            session,
            theme,
            headers: parts.headers.clone(),
            visitor,
            jar,
            form_token,
            fields: Fields::Own,
        }
    }

    /// The answer to a document, as this visitor.
    ///
    /// # Errors
    /// Where there is no data.
    pub async fn ask<Q: GraphQLQuery>(&self, _: Q, variables: Q::Variables) -> Result<Q::ResponseData, Problem> {
        let answered = self.site.api().ask(&self.visitor, body::<Q>(variables, &[])?).await;
        read(&answered, self.is_read)
    }

    /// As [`ask`](Self::ask), with variables that are null: by their pointers (RFC 6901), as in `/input/vendor`. What is
    /// left out stays as it is, and what is null is taken away.
    ///
    /// # Errors
    /// The same.
    pub async fn ask_with_nulls<Q: GraphQLQuery>(
        &self,
        _: Q,
        variables: Q::Variables,
        nulls: &[String],
    ) -> Result<Q::ResponseData, Problem> {
        let answered = self.site.api().ask(&self.visitor, body::<Q>(variables, nulls)?).await;
        read(&answered, self.is_read)
    }

    /// What a subscription tells, for a script that listens.
    ///
    /// # Errors
    /// Where the variables cannot be written, which is a fault of ours.
    pub async fn follow<Q: GraphQLQuery>(&self, _: Q, variables: Q::Variables) -> Answer {
        Ok(self.site.api().follow(&self.visitor, body::<Q>(variables, &[])?).await)
    }

    /// Its whole address, as in `/search?q=lamp`.
    pub fn here(&self) -> &str {
        self.uri.path_and_query().map_or("/", |whole| whole.as_str())
    }

    /// The answer to a file, as this visitor.
    pub async fn send_file(&self, file: Upload) -> Answered {
        self.site.api().send_file(&self.visitor, file).await
    }

    /// Whether there are pages in a language.
    pub fn theme_speaks(&self, language: &str) -> bool {
        self.theme.words.languages().any(|known| known == language)
    }

    /// A message, for what no template says.
    pub fn say(&self, name: &str) -> String {
        self.theme
            .words
            .find(&self.language, name)
            .unwrap_or_default()
            .to_owned()
    }

    /// All messages of a section, in the order of their texts.
    pub fn section(&self, name: &str) -> Vec<(String, String)> {
        self.theme.words.section(&self.language, name)
    }

    /// The pages that follow have a token in their forms.
    pub fn give_token(&mut self) {
        let token = match self.form_token.is_empty() {
            true => self.jar.csrf(self.site.api()),
            false => self.form_token.clone(),
        };
        self.jar.keep_csrf(&token);
    }

    /// As [`is_forged`](Self::is_forged), for forms of pages that everybody gets: without a token they count where the
    /// browser says that one of our pages sent them.
    pub fn is_forged_openly(&self, sent: Option<&str>) -> bool {
        !forgery::is_surely_from_here(&self.headers, &self.site.settings().public_url) && self.is_forged(sent)
    }

    /// Whether a form did not come from one of our pages, with the token that it brought.
    pub fn is_forged(&self, sent: Option<&str>) -> bool {
        !forgery::is_from_here(&self.headers, &self.site.settings().public_url) || !self.jar.is_csrf(sent)
    }
}

/// By what a browser is told from others where something is on for so many of a hundred: it follows from the token of its forms,
/// so that no cookie is needed for it, and does not tell that.
fn visitor_key(form_token: &str) -> String {
    let hash = Sha256::digest(format!("visitor {form_token}"));
    URL_SAFE_NO_PAD.encode(&hash[..16])
}

//! One request of a browser: who sends it, in which language it reads, what it brought in its cookies, and how it is
//! answered.

mod ask;
mod cookies;
mod forgery;
mod form;
mod language;
mod orders;
mod rows;
mod session;

use std::{convert::Infallible, error::Error, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use graphql_client::GraphQLQuery;
use minijinja::{Value, context, value::Serde};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    answer::{Answer, Fields, page, see},
    api::{Answered, Upload, Visitor},
    documents::{Layout, layout},
    offered::offered,
    problem::Problem,
    site::Site,
    theme::Theme,
    words::direction,
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

    pub fn is_signed_in(&self) -> bool {
        session::tokens(&self.jar, self.session).is_some()
    }

    pub fn sign_in(&mut self, access_token: &str, refresh_token: &str) {
        session::keep(&mut self.jar, self.session, access_token, refresh_token);
        self.visitor.access_token = Some(access_token.to_owned());
    }

    pub fn sign_out(&mut self) {
        session::end(&mut self.jar, self.session);
        self.visitor.access_token = None;
    }

    pub fn refresh_token(&self) -> Option<String> {
        session::tokens(&self.jar, self.session).map(|(_, refresh)| refresh)
    }

    /// What is asked from now on is asked as a guest.
    pub fn forget_access_token(&mut self) {
        self.visitor.access_token = None;
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.jar.get(name)
    }

    /// `seconds`: how long it is kept.
    pub fn set_cookie(&mut self, name: &'static str, value: &str, seconds: u32) {
        self.jar.set(name, value, seconds);
    }

    /// From now on they read this language, in their pages and in what the shop says to them.
    pub fn read_in(&mut self, language: &str) {
        language.clone_into(&mut self.language);
        self.visitor.reads = Some(language.to_owned());
    }

    /// From now on they are shown what is sold in this country, this answer included.
    pub fn stay_in(&mut self, country: &str) {
        self.jar.set(COUNTRY, country, YEAR);
        self.visitor.country = Some(country.to_owned());
    }

    /// Opens an order from now on.
    pub fn remember_order(&mut self, id: &str, token: &str) {
        orders::remember(&mut self.jar, id, token);
    }

    /// What this browser ordered last, as far as it remembers.
    pub fn last_order(&self) -> Option<String> {
        orders::last(&self.jar)
    }

    pub fn order_token(&self, id: &str) -> Option<String> {
        orders::token(&self.jar, id)
    }

    /// The number that stands at the cart.
    pub fn cart_count(&self) -> u32 {
        let count = self.cookie(CART).and_then(|cart| cart.split_once('.'));
        count.and_then(|(_, count)| count.parse().ok()).unwrap_or(0)
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

    /// Lets the page have more than its own.
    #[must_use]
    pub fn with_fields(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }

    /// A page, in the shop's frame.
    ///
    /// # Errors
    /// Where the frame cannot be asked for.
    pub async fn show(self, template: &str, shown: Value) -> Answer {
        self.show_as(StatusCode::OK, template, shown).await
    }

    /// As [`show`](Self::show), with a status.
    ///
    /// # Errors
    /// The same.
    pub async fn show_as(self, status: StatusCode, template: &str, shown: Value) -> Answer {
        let frame = self.frame().await?;
        let offered = offered(&frame, self.theme.words.languages(), &self.language);
        self.show_in(&frame, status, template, context! { ..shown, ..offered })
    }

    /// What stands around every page of the storefront.
    ///
    /// # Errors
    /// Where it cannot be asked for.
    pub async fn frame(&self) -> Result<layout::ResponseData, Problem> {
        let language = self.language.clone();
        self.ask(Layout, layout::Variables { language }).await
    }

    /// A page, in a frame of its own.
    ///
    /// # Errors
    /// Where the template fails.
    pub fn show_in(mut self, frame: &impl Serialize, status: StatusCode, template: &str, shown: Value) -> Answer {
        let token = self.form_token.clone();
        let html = self.render(template, frame, &token, shown)?;
        if !self.is_public && html.contains(&token) {
            self.jar.keep_csrf(&token);
        }
        let mut response = page(&self.site, status, html, self.fields);
        self.jar.write(response.headers_mut());
        Ok(response)
    }

    /// A part of a page, for a script.
    ///
    /// # Errors
    /// Where the template fails.
    pub fn show_part(self, template: &str, shown: Value) -> Answer {
        let found = self.theme.templates.get_template(template);
        let base = context! { language => self.language };
        let html = found.and_then(|found| found.render(context! { ..shown, ..base }));
        let html = html.map_err(|error| failed(template, &error))?;
        Ok(page(&self.site, StatusCode::OK, html, self.fields))
    }

    /// What is no page, but read by programs. `content_type`: of which kind it is.
    ///
    /// # Errors
    /// Where the template fails.
    pub fn show_xml(self, template: &str, content_type: &'static str, shown: Value) -> Answer {
        let found = self.theme.templates.get_template(template);
        let base = context! {
            language => self.language.as_str(),
            public_url => self.site.settings().public_url.as_str(),
            here => self.here(),
        };
        let xml = found.and_then(|found| found.render(context! { ..shown, ..base }));
        let xml = xml.map_err(|error| failed(template, &error))?;
        let headers = [
            (header::CONTENT_TYPE, content_type),
            (header::CACHE_CONTROL, "private, no-cache"),
            (header::VARY, "cookie, accept-language"),
        ];
        Ok((headers, xml).into_response())
    }

    /// On to another page, with the cookies.
    pub fn go(self, path: &str) -> Response {
        self.leave(see(path))
    }

    /// An answer that is no page, with the cookies.
    pub fn leave(self, mut response: Response) -> Response {
        self.jar.write(response.headers_mut());
        response
    }

    fn render<F: Serialize>(&self, template: &str, frame: &F, csrf: &str, shown: Value) -> Result<String, Problem> {
        let settings = self.site.settings();
        let base = context! {
            frame => Value::from(Serde(frame)),
            language => self.language.as_str(),
            languages => Value::from(Serde(self.theme.words.languages().collect::<Vec<_>>())),
            direction => direction(&self.language),
            path => self.uri.path(),
            here => self.here(),
            public_url => settings.public_url.as_str(),
            pictures_at => settings.pictures.as_deref().unwrap_or_default(),
            development => settings.development,
            cart_count => self.cart_count(),
            search_query => "",
            description => "",
            is_indexed => true,
            csrf,
        };
        let found = self.theme.templates.get_template(template);
        // What is written first counts.
        let html = found.and_then(|found| found.render(context! { ..shown, ..base }));
        html.map_err(|error| failed(template, &error))
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

/// Of templates that are in each other, the innermost knows why.
fn failed(template: &str, error: &minijinja::Error) -> Problem {
    let sources = std::iter::successors(Some(error as &(dyn Error + 'static)), |&error| error.source());
    let told: Vec<_> = sources.map(ToString::to_string).collect();
    tracing::error!(template, error = told.join(": "), "a template failed");
    Problem::Broken
}

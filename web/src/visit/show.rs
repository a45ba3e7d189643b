//! How a request is answered: by a page in a frame, by a part of one, or by the way to another.

use std::error::Error;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use minijinja::{Value, context, value::Serde};
use serde::Serialize;

use super::Visit;
use crate::{
    answer::{Answer, Fields, page, see},
    documents::{Layout, layout},
    filters::formats_tag,
    offered::offered,
    problem::Problem,
    words::direction,
};

impl Visit {
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
        let frame = Value::from(Serde(frame));
        let base = context! {
            formats => formats_tag(&self.language, &frame),
            frame,
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
}

/// Of templates that are in each other, the innermost knows why.
fn failed(template: &str, error: &minijinja::Error) -> Problem {
    let sources = std::iter::successors(Some(error as &(dyn Error + 'static)), |&error| error.source());
    let told: Vec<_> = sources.map(ToString::to_string).collect();
    tracing::error!(template, error = told.join(": "), "a template failed");
    Problem::Broken
}

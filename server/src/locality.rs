//! In which country, language and currency a request is answered: what its headers say of it, and the directive
//! `@inContext`. What it means is decided by `vitrine_commerce::settings::locality`.

use async_graphql::{Name, ServerResult, Value};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use serde_json::Map;
use vitrine_commerce::{
    Locality, Shop,
    settings::locality::{Asked, accepted, of_messages, prefer, require},
};
use vitrine_edge::{
    ContentLanguage, GivenDirective,
    error::{code, located},
};

const COUNTRY: HeaderName = HeaderName::from_static("context-country");
pub const LANGUAGE: HeaderName = HeaderName::from_static("context-language");
const CURRENCY: HeaderName = HeaderName::from_static("context-currency");
/// Of a page that has more languages than the shop's goods: in which its visitor reads the shop's own messages.
const MESSAGES: HeaderName = HeaderName::from_static("context-message-language");

/// What pages of other origins may send.
pub const HEADERS: [HeaderName; 4] = [COUNTRY, LANGUAGE, CURRENCY, MESSAGES];

/// On what answers depend.
pub const VARIES: HeaderValue = HeaderValue::from_static(
    "accept-language, context-country, context-currency, context-language, context-message-language",
);

/// The directive that says the same of one operation.
pub const DIRECTIVE: &str = "inContext";

/// What the headers of a request say. What is unknown is passed over.
pub fn of_headers(shop: &Shop, headers: &HeaderMap) -> Locality {
    of_caller(shop, headers, &Map::new())
}

/// What a visitor of the pages has said, as headers say it; `messages`: in which language the page is.
pub fn of_visitor(
    country: Option<&str>,
    language: Option<&str>,
    messages: Option<&str>,
) -> Vec<(HeaderName, HeaderValue)> {
    let said = [(COUNTRY, country), (LANGUAGE, language), (MESSAGES, messages)].into_iter();
    let said = said.filter_map(|(name, said)| Some((name, HeaderValue::try_from(said?).ok()?)));
    said.collect()
}

/// As [`of_headers`]; a browser sends none of its own with a WebSocket: there they stand in `connection_init`'s payload.
pub fn of_caller(shop: &Shop, headers: &HeaderMap, params: &Map<String, serde_json::Value>) -> Locality {
    let own = Locality::own(shop);
    let liked = text(headers, &header::ACCEPT_LANGUAGE).and_then(|liked| accepted(shop, liked));
    let from = Locality {
        is_language_asked: liked.is_some(),
        language: liked.unwrap_or_else(|| own.language.clone()),
        ..own
    };
    let said = |name: &HeaderName| param(params, name).or_else(|| text(headers, name));
    let asked = Asked {
        country: said(&COUNTRY),
        language: said(&LANGUAGE),
        currency: said(&CURRENCY),
    };
    Locality {
        message_language: said(&MESSAGES).and_then(of_messages),
        ..prefer(shop, &from, &asked)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn param<'a>(params: &'a Map<String, serde_json::Value>, name: &HeaderName) -> Option<&'a str> {
    let found = params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name.as_str()));
    found.and_then(|(_, value)| value.as_str())
}

/// What `@inContext` says, where it stands among the directives of an operation.
///
/// # Errors
/// `BAD_USER_INPUT` for a country that there is not, and a language or currency that the shop does not have.
pub fn of_directives(shop: &Shop, from: &Locality, directives: &[GivenDirective]) -> ServerResult<Option<Locality>> {
    let Some(given) = directives.iter().find(|directive| *directive.name == *DIRECTIVE) else {
        return Ok(None);
    };
    let wrong = |message: String| located(code::BAD_USER_INPUT, message, Some(given.pos));
    let asked = Asked {
        country: argument(given, "country").map_err(wrong)?,
        language: argument(given, "language").map_err(wrong)?,
        currency: argument(given, "currency").map_err(wrong)?,
    };
    let decided = require(shop, from, &asked);
    decided
        .map(Some)
        .map_err(|refusal| wrong(format!("@{DIRECTIVE}: {}", refusal.message)))
}

/// A code, which is written as a name or as a text.
fn argument<'a>(given: &'a GivenDirective, name: &str) -> Result<Option<&'a str>, String> {
    match given.arguments.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Enum(name)) => Ok(Some(Name::as_str(name))),
        Some(_) => Err(format!("@{DIRECTIVE}: `{name}` is a code, like `DE`.")),
    }
}

/// How an answer there says its language.
pub fn content_language(language: &str) -> Option<ContentLanguage> {
    HeaderValue::try_from(language).ok().map(ContentLanguage)
}

/// A layer around routes that answer by their headers alone: says in which language, and on what the answers depend.
pub async fn tell(State(shop): State<Shop>, request: Request, next: Next) -> Response {
    let language = content_language(&of_headers(&shop, request.headers()).language);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Some(ContentLanguage(language)) = language {
        headers.entry(header::CONTENT_LANGUAGE).or_insert(language);
    }
    headers.append(header::VARY, VARIES);
    response
}

#[cfg(test)]
mod tests {
    use async_graphql::{Pos, indexmap::IndexMap};

    use super::*;

    fn given(value: Value) -> GivenDirective {
        GivenDirective {
            name: Name::new(DIRECTIVE),
            pos: Pos { line: 1, column: 7 },
            arguments: IndexMap::from([(Name::new("country"), value)]),
        }
    }

    #[test]
    fn a_code_is_a_name_or_a_text() {
        assert_eq!(argument(&given(Value::from("DE")), "country"), Ok(Some("DE")));
        assert_eq!(
            argument(&given(Value::Enum(Name::new("DE"))), "country"),
            Ok(Some("DE"))
        );
        assert_eq!(argument(&given(Value::Null), "country"), Ok(None));
        assert_eq!(argument(&given(Value::from("DE")), "language"), Ok(None));
        assert!(argument(&given(Value::from(1)), "country").is_err());
    }
}

//! Who asks: the bearer token or key of a request or a connection, and what an operation is given for it.

use std::sync::Arc;

use async_graphql::{Data, ServerResult};
use axum::http::{HeaderName, header};
use futures::FutureExt;
use vitrine_commerce::{
    Context, Error, Locality, Shop, Viewer,
    flags::VISITOR_LENGTH_MAX,
    staff::access::{self, Recognised},
    terms::Terms,
    trade,
};
use vitrine_edge::{
    Admission, Asked, Authenticate, Caller, GivenDirective, NotAdmitted, Unauthenticated,
    error::{log_fault, overload},
};

use crate::{
    graphql::shared::{KeptRows, loaders, wording},
    kept, limits, locality, repeats,
};

/// Opens orders to whoever holds their tokens.
pub const ORDER_ACCESS_TOKEN: HeaderName = HeaderName::from_static("order-access-token");

/// By what a front end tells a guest from others.
pub const VISITOR: HeaderName = HeaderName::from_static("context-visitor");

/// How many of them a request brings at most, further ones are not looked at; and how long one may be: ours have 27
/// bytes.
const ORDER_ACCESS_TOKENS_MAX: usize = 20;
const ORDER_ACCESS_TOKEN_BYTES_MAX: usize = 100;

/// Admits whoever has no token as a guest, and whoever has a valid one as who they are. Whoever has one that is
/// not valid may only sign in or refresh, and is refused everything else, so that a client learns that it must.
/// What is kept of `rows` is shown to shoppers.
pub fn authenticate(shop: Shop, rows: Option<Arc<KeptRows>>) -> impl Authenticate {
    move |caller: Caller| admit(shop.clone(), rows.clone(), caller)
}

/// Who asks.
///
/// # Errors
/// A token that is not valid, and a database that cannot say.
pub async fn context(shop: &Shop, caller: &Caller) -> Result<Context, NotAdmitted> {
    let known = recognise(shop, caller).await?;
    let locality = locality_of(shop, caller, known.as_ref());
    let terms = terms_of(shop, known.as_ref()).await?;
    Ok(context_of(shop, caller, known.as_ref(), &locality, terms))
}

async fn admit(shop: Shop, rows: Option<Arc<KeptRows>>, caller: Caller) -> Result<Admission, NotAdmitted> {
    let (known, stale) = match recognise(&shop, &caller).await {
        Ok(known) => (known, None),
        Err(NotAdmitted::Unauthenticated(refusal)) => (None, Some(refusal)),
        Err(other) => return Err(other),
    };
    let locality = locality_of(&shop, &caller, known.as_ref());
    let terms = terms_of(&shop, known.as_ref()).await?;
    let context = context_of(&shop, &caller, known.as_ref(), &locality, terms);
    // Those who work here see what is not for sale yet.
    let is_shopper = matches!(context.viewer, Viewer::Guest | Viewer::Customer(_));
    let rows = rows.filter(|_| is_shopper);
    // What they pay is theirs alone.
    let sees_public = is_shopper && context.terms.is_empty();
    let its_shop = shop.clone();
    let known_as = Arc::new(context);
    let counted = (shop.clone(), Arc::clone(&known_as), caller.standings.clone());
    let (context, its_rows) = (Arc::clone(&known_as), rows.clone());
    let admission = Admission::new(move |data: &mut Data| {
        equip(&its_shop, (*context).clone(), its_rows.clone(), data);
    });
    let (its_shop, context) = (shop.clone(), Arc::clone(&known_as));
    let admission = admission.directed_by(
        move |directives: &[GivenDirective], data: &mut Data| -> ServerResult<()> {
            if let Some(locality) = locality::of_directives(&its_shop, &locality, directives)? {
                let locality = shown_to(&its_shop, context.viewer, locality);
                equip(&its_shop, (*context).clone().in_locality(&locality), rows.clone(), data);
            }
            Ok(())
        },
    );
    let admission = admission.seeing_public(sees_public);
    let admission = admission.answered_late(kept::late(&shop, &known_as, &caller.headers));
    let mut admission = admission.charged_by(move |asked: Asked| {
        let (shop, context, standings) = counted.clone();
        async move { limits::operation(&shop, &context, &standings, &asked).await }
    });
    admission = admission.remembered_by(repeats::of(shop.clone(), known_as));
    if let Some(refusal) = stale {
        admission = admission.with_stale(refusal);
    }
    let Some(known) = known else {
        return Ok(admission);
    };
    if let Some(end) = known.expires_at {
        admission = admission.expiring_in((end - shop.now()).to_std().unwrap_or_default());
    }
    Ok(admission.ending_with(move || access::changed(shop.clone(), known.clone()).boxed()))
}

/// Gives an operation what its resolvers need.
fn equip(shop: &Shop, context: Context, rows: Option<Arc<KeptRows>>, data: &mut Data) {
    if let Some(language) = locality::content_language(&context.locale) {
        data.insert(language);
    }
    data.insert(loaders(shop.clone(), context.clone(), rows));
    data.insert(wording(&context));
    data.insert(context);
}

fn locality_of(shop: &Shop, caller: &Caller, known: Option<&Recognised>) -> Locality {
    let decided = locality::of_caller(shop, &caller.headers, &caller.connection_params);
    shown_to(shop, known.map_or(Viewer::Guest, |known| known.viewer), decided)
}

/// By which catalogs they buy.
async fn terms_of(shop: &Shop, known: Option<&Recognised>) -> Result<Terms, NotAdmitted> {
    let customer = known.and_then(|known| known.viewer.customer());
    let found = trade::terms::of(shop, &shop.db, customer).await;
    found.map_err(|error| unknown(&error))
}

/// Those who work here see the prices that they write.
fn shown_to(shop: &Shop, viewer: Viewer, decided: Locality) -> Locality {
    match viewer.works_here() {
        true => Locality {
            currency: shop.profile().currency,
            ..decided
        },
        false => decided,
    }
}

fn context_of(shop: &Shop, caller: &Caller, known: Option<&Recognised>, locality: &Locality, terms: Terms) -> Context {
    let viewer = known.map_or(Viewer::Guest, |known| known.viewer);
    let user_agent = caller.headers.get(header::USER_AGENT);
    Context {
        session: known.and_then(|known| known.session),
        client_address: caller.address,
        user_agent: user_agent.and_then(|agent| agent.to_str().ok()).map(Into::into),
        visitor: visitor(caller),
        order_access_tokens: order_access_tokens(caller),
        traceparent: caller.ids.traceparent.clone(),
        terms: Arc::new(terms),
        ..Context::new(shop, viewer, caller.ids.correlation_id.clone())
    }
    .in_locality(locality)
}

/// One that is too long names nobody. A browser sends no headers with a WebSocket: there it stands in `connection_init`'s
/// payload.
fn visitor(caller: &Caller) -> Option<Arc<str>> {
    let sent = caller.headers.get(&VISITOR).and_then(|value| value.to_str().ok());
    let mut params = caller.connection_params.iter();
    let param = params.find(|(name, _)| name.eq_ignore_ascii_case(VISITOR.as_str()));
    let said = sent.or_else(|| param.and_then(|(_, value)| value.as_str()));
    let fits = |said: &&str| (1..=VISITOR_LENGTH_MAX).contains(&said.len());
    said.map(str::trim).filter(fits).map(Into::into)
}

/// What opens orders to whoever has no account, as REST has it: the header may come several times, or hold several
/// with commas between. A browser sends no headers with a WebSocket: there it stands in `connection_init`'s payload.
fn order_access_tokens(caller: &Caller) -> Arc<[String]> {
    let sent = caller.headers.get_all(&ORDER_ACCESS_TOKEN).iter();
    let in_headers = sent.filter_map(|value| value.to_str().ok());
    let name = |name: &String| name.eq_ignore_ascii_case(ORDER_ACCESS_TOKEN.as_str());
    let params = caller.connection_params.iter().filter(|(key, _)| name(key));
    let in_params = params.filter_map(|(_, value)| value.as_str());
    let tokens = in_headers
        .chain(in_params)
        .flat_map(|value| value.split(','))
        .map(str::trim);
    let fitting = tokens.filter(|token| (1..=ORDER_ACCESS_TOKEN_BYTES_MAX).contains(&token.len()));
    fitting.take(ORDER_ACCESS_TOKENS_MAX).map(str::to_owned).collect()
}

/// `None` for a guest.
async fn recognise(shop: &Shop, caller: &Caller) -> Result<Option<Recognised>, NotAdmitted> {
    let Some(header) = &caller.authorization else {
        return Ok(None);
    };
    let (scheme, bearer) = header.split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Unauthenticated("Send the access token as `Authorization: Bearer …`.").into());
    }
    match access::recognise(shop, bearer.trim()).await {
        Ok(Some(known)) => Ok(Some(known)),
        Ok(None) => {
            let message = "The access token is not valid any more: refresh it, or sign in again.";
            Err(Unauthenticated(message).into())
        }
        Err(error) => Err(unknown(&error)),
    }
}

fn unknown(error: &Error) -> NotAdmitted {
    if error.is_transient() {
        overload(error);
        return NotAdmitted::Overloaded;
    }
    log_fault(error);
    NotAdmitted::Broken
}

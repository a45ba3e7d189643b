//! Who asks: the bearer token or key of a request or a connection, and what an operation is given for it.

use std::sync::Arc;

use async_graphql::Data;
use futures::FutureExt;
use vitrine_commerce::{
    Context, Error, Shop, Viewer,
    staff::access::{self, Recognised},
};

use crate::{
    edge::{
        Admission, Asked, Authenticate, Caller, NotAdmitted, Unauthenticated,
        error::{log_fault, overload},
    },
    graphql::shared::loaders,
    limits,
};

/// Admits whoever has no token as a guest, and whoever has a valid one as who they are. Whoever has one that is
/// not valid may only sign in or refresh, and is refused everything else, so that a client learns that it must.
pub fn authenticate(shop: Shop) -> impl Authenticate {
    move |caller: Caller| admit(shop.clone(), caller)
}

/// Who asks.
///
/// # Errors
/// A token that is not valid, and a database that cannot say.
pub async fn context(shop: &Shop, caller: &Caller) -> Result<Context, NotAdmitted> {
    let known = recognise(shop, caller).await?;
    Ok(context_of(shop, caller, known.as_ref()))
}

async fn admit(shop: Shop, caller: Caller) -> Result<Admission, NotAdmitted> {
    let (known, stale) = match recognise(&shop, &caller).await {
        Ok(known) => (known, None),
        Err(NotAdmitted::Unauthenticated(refusal)) => (None, Some(refusal)),
        Err(other) => return Err(other),
    };
    let context = context_of(&shop, &caller, known.as_ref());
    let its_shop = shop.clone();
    let counted = (shop.clone(), Arc::new(context.clone()), caller.standings.clone());
    let admission = Admission::new(move |data: &mut Data| {
        data.insert(context.clone());
        data.insert(loaders(its_shop.clone(), context.currency));
    });
    let mut admission = admission.charged_by(move |asked: Asked| {
        let (shop, context, standings) = counted.clone();
        async move { limits::operation(&shop, &context, &standings, &asked).await }
    });
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

fn context_of(shop: &Shop, caller: &Caller, known: Option<&Recognised>) -> Context {
    let viewer = known.map_or(Viewer::Guest, |known| known.viewer);
    Context {
        session: known.and_then(|known| known.session),
        client_address: caller.address,
        traceparent: caller.ids.traceparent.clone(),
        ..Context::new(shop, viewer, caller.ids.correlation_id.clone())
    }
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
    if error.is_overload() {
        overload(error);
        return NotAdmitted::Overloaded;
    }
    log_fault(error);
    NotAdmitted::Broken
}

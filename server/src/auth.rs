//! Who asks: the bearer token of a request or a connection, and what an operation is given for it.

use std::{future::ready, time::Duration};

use async_graphql::Data;
use vitrine_commerce::{Context, Shop, Viewer, customers::token};

use crate::{
    edge::{Admission, Authenticate, Caller, Unauthenticated},
    graphql::shared::loaders,
};

/// Admits whoever has no token as a guest, and whoever has a valid one as who they are. A token
/// that is not valid is refused, so that a client learns that it must refresh.
pub fn authenticate(shop: Shop) -> impl Authenticate {
    move |caller: Caller| ready(admit(&shop, &caller))
}

/// Who asks, and for how long that is so.
///
/// # Errors
/// A token that is not valid.
pub fn context(shop: &Shop, caller: &Caller) -> Result<(Context, Option<Duration>), Unauthenticated> {
    let (viewer, expires_in) = match &caller.authorization {
        None => (Viewer::Guest, None),
        Some(header) => recognise(shop, header)?,
    };
    let context = Context {
        traceparent: caller.ids.traceparent.clone(),
        ..Context::new(shop, viewer, caller.ids.correlation_id.clone())
    };
    Ok((context, expires_in))
}

fn admit(shop: &Shop, caller: &Caller) -> Result<Admission, Unauthenticated> {
    let (context, expires_in) = context(shop, caller)?;
    let shop = shop.clone();
    let admission = Admission::new(move |data: &mut Data| {
        data.insert(context.clone());
        data.insert(loaders(shop.clone(), context.currency));
    });
    Ok(match expires_in {
        Some(time) => admission.expiring_in(time),
        None => admission,
    })
}

fn recognise(shop: &Shop, header: &str) -> Result<(Viewer, Option<Duration>), Unauthenticated> {
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Unauthenticated("Send the access token as `Authorization: Bearer …`."));
    }
    match token::verify(shop, token.trim()) {
        Ok(verified) => {
            let left = verified.expires_at - shop.now();
            Ok((verified.viewer, Some(left.to_std().unwrap_or_default())))
        }
        Err(error) => {
            tracing::debug!(%error, "an access token was refused");
            Err(Unauthenticated(
                "The access token is not valid any more: refresh it, or sign in again.",
            ))
        }
    }
}

//! What was asked under which `Idempotency-Key`, as the edge asks for it.

use std::sync::Arc;

use futures::{FutureExt, future::BoxFuture};
use vitrine_commerce::{
    Context, Shop,
    repeats::{self, Asked, Begun, Held},
};
use vitrine_edge::{
    Keyed, NotBegun, Repeat, Repeats, Resolving,
    error::{log_fault, overload},
};

/// Remembers what whoever `context` names asks for.
pub fn of(shop: Shop, context: Arc<Context>) -> impl Repeats + 'static {
    move |keyed: Keyed| {
        let (shop, context) = (shop.clone(), Arc::clone(&context));
        async move {
            let held = begin(&shop, &context, &keyed).await?;
            Ok(Arc::new(Request(held)) as Arc<dyn Repeat>)
        }
    }
}

/// Holds a request for the caller.
///
/// # Errors
/// Where it is not theirs to do.
pub async fn begin(shop: &Shop, context: &Context, keyed: &Keyed) -> Result<Held, NotBegun> {
    let Keyed { key, hash } = keyed;
    repeats::check_key(context.viewer, key).map_err(|refusal| NotBegun::Invalid(refusal.message.to_string()))?;
    match repeats::begin(shop, context, &Asked { key, hash }).await {
        Ok(Begun::Held(held)) => Ok(held),
        Ok(Begun::InProgress) => Err(NotBegun::InProgress),
        Ok(Begun::Reused) => Err(NotBegun::Reused),
        // Nothing was done yet, whether or not the key was written down.
        Err(error) if error.is_overload() || error.is_outcome_unknown() => {
            overload(&error);
            Err(NotBegun::Overloaded)
        }
        Err(error) => {
            log_fault(&error);
            Err(NotBegun::Broken)
        }
    }
}

struct Request(Held);

impl Repeat for Request {
    fn answer(&self) -> Option<&[u8]> {
        self.0.answer()
    }

    fn was_done(&self, part: &str) -> bool {
        self.0.was_done(part)
    }

    fn within<'a>(&'a self, part: &'a str, work: Resolving<'a>) -> Resolving<'a> {
        self.0.within(part, work).boxed()
    }

    fn end<'a>(&'a self, answer: &'a [u8], is_whole: bool) -> BoxFuture<'a, ()> {
        self.0.clone().end(answer, is_whole).boxed()
    }
}

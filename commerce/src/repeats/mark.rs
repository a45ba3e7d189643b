//! That something was done for a request with a key, written by the transaction that did it.

use std::sync::Arc;

use sea_orm::ConnectionTrait;

use super::held::Held;
use crate::{Context, Fault, Result, Shop, Viewer, sql};

/// How many transactions of one request are told apart. Further ones are fenced all the same.
const MARKS_MAX: u32 = 100;

tokio::task_local! {
    /// The part of which request this task is doing.
    static PART: Part;
}

#[derive(Clone)]
struct Part {
    held: Held,
    name: Arc<str>,
}

/// What one transaction writes.
pub(crate) struct Mark {
    held: Held,
    entry: String,
}

impl Held {
    /// Does a part of it: the transactions of use cases within `work` write that they were done.
    pub async fn within<T>(&self, part: &str, work: impl Future<Output = T>) -> T {
        let (held, name) = (self.clone(), part.into());
        PART.scope(Part { held, name }, work).await
    }
}

/// Whether this task does something for a request with a key.
pub(crate) fn is_kept(context: &Context) -> bool {
    context.viewer != Viewer::System && PART.try_with(|_| ()).is_ok()
}

/// What the next transaction for whom `context` names has to write; nothing where no key came with the request, or what
/// it does is the shop's own.
pub(crate) fn mark(context: &Context) -> Option<Mark> {
    if context.viewer == Viewer::System {
        return None;
    }
    let Part { held, name } = PART.try_with(Clone::clone).ok()?;
    let entry = match held.next_mark() {
        number if number < MARKS_MAX => format!("{name}:{number}/{} ", held.fence()),
        _ => String::new(),
    };
    Some(Mark { held, entry })
}

impl Mark {
    /// Writes it, at the end of the transaction.
    ///
    /// # Errors
    /// Where somebody else has taken the request over: nothing of this may be done.
    pub(crate) async fn write(&self, db: &impl ConnectionTrait) -> Result<()> {
        let sql = "update keyed_request set done = done || $3 where id = $1 and fence = $2";
        match sql::execute(db, sql, self.values().into_iter().chain([self.entry.as_str().into()])).await? {
            1 => Ok(()),
            _ => Err(Fault::Crowded("asking under the same idempotency key").into()),
        }
    }

    /// Whether it stands there, once the transaction that was to write it has ended, whichever way: it is waited for.
    /// `None` where it was not told apart from others.
    pub(crate) async fn is_written(&self, shop: &Shop) -> Result<Option<bool>> {
        if self.entry.is_empty() {
            return Ok(None);
        }
        let locking = sql::locking(&shop.db);
        let sql = format!("select done from keyed_request where id = $1 and fence = $2 {locking}");
        let done: Vec<String> = sql::column(&shop.db, &sql, self.values()).await?;
        Ok(done.first().map(|done| done.contains(&self.entry)))
    }

    fn values(&self) -> [sea_orm::Value; 2] {
        [self.held.id().into(), self.held.fence().into()]
    }
}

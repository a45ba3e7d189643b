use async_graphql::{Context, InputObject};
use vitrine_commerce::orders::{self, LinkRequest};

use crate::graphql::shared::{ContextExt, payload};

/// Which order is looked for.
#[derive(Debug, InputObject)]
pub struct OrderLinkRequestInput {
    /// Its number, as in `V-7K3M-9QXT`; how it is spaced and whether it is in capitals does not matter.
    pub number: String,
    /// The address that its mails go to.
    pub email: String,
}

payload! {
    /// What `orderLinkRequest` answers.
    OrderLinkRequestPayload {
        /// True: if there is such an order, a mail is on its way.
        requested: bool,
    }
}

pub(super) async fn request(ctx: &Context<'_>, input: OrderLinkRequestInput) -> vitrine_commerce::Result<bool> {
    let OrderLinkRequestInput { number, email } = input;
    orders::request_link(ctx.shop(), ctx.caller(), LinkRequest { number, email }).await?;
    Ok(true)
}

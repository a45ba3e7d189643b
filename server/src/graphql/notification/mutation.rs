use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{Refusal, notifications::in_app};

use crate::{
    graphql::shared::{ContextExt, Result, int, payload},
    ids,
};

/// What was read.
#[derive(Debug, InputObject)]
pub struct NotificationsMarkReadInput {
    /// The messages' ids, at most 100. Those that are not the customer's are passed over.
    pub ids: Vec<ID>,
}

payload! {
    /// What `notificationsMarkRead` answers.
    NotificationsMarkReadPayload {
        /// How many are unread now.
        unread_count: i32,
    }
}
payload! {
    /// What `notificationsMarkAllRead` answers.
    NotificationsMarkAllReadPayload {
        /// How many are unread now: none, unless one has just come.
        unread_count: i32,
    }
}

#[derive(Debug, Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Marks messages of the signed-in customer as read.
    #[graphql(complexity = "10 + child_complexity")]
    async fn notifications_mark_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was read.")] input: NotificationsMarkReadInput,
    ) -> Result<Option<NotificationsMarkReadPayload>> {
        NotificationsMarkReadPayload::of(mark(ctx, input).await)
    }

    /// Marks every message of the signed-in customer as read.
    #[graphql(complexity = "10 + child_complexity")]
    async fn notifications_mark_all_read(&self, ctx: &Context<'_>) -> Result<Option<NotificationsMarkAllReadPayload>> {
        NotificationsMarkAllReadPayload::of(mark_all(ctx).await)
    }
}

async fn mark(ctx: &Context<'_>, input: NotificationsMarkReadInput) -> vitrine_commerce::Result<i32> {
    let ids = input.ids.iter().enumerate();
    let ids = ids.map(|(index, id)| ids::input(id, "notification", &["ids", &index.to_string()]));
    let ids: Vec<_> = ids.collect::<std::result::Result<_, Refusal>>()?;
    in_app::mark_read(ctx.shop(), ctx.caller(), &ids).await?;
    unread(ctx).await
}

async fn mark_all(ctx: &Context<'_>) -> vitrine_commerce::Result<i32> {
    in_app::mark_all_read(ctx.shop(), ctx.caller()).await?;
    unread(ctx).await
}

async fn unread(ctx: &Context<'_>) -> vitrine_commerce::Result<i32> {
    let count = in_app::unread_count(ctx.shop(), ctx.caller()).await?;
    Ok(int(count.try_into().unwrap_or(i64::MAX)))
}

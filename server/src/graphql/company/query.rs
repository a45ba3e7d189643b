use async_graphql::{Context, ID, Object};
use vitrine_commerce::{checkout::approval, companies, trade::NamedFilter};

use super::{
    object::{Company, CompanyConnection},
    request::{PurchaseRequest, PurchaseRequestConnection, PurchaseRequestState},
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct CompanyQuery;

#[Object]
impl CompanyQuery {
    /// A company by its id. Null if there is none, or for whoever neither buys for it nor has the permission `CUSTOMERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn company(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The company's id.")] id: ID,
    ) -> Result<Option<Company>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = companies::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(Company))
    }

    /// What a buyer asks a manager of their company to approve. Null if there is no such request, or for whoever neither asked,
    /// nor manages the company, nor has the permission `ORDERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn purchase_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: ID,
    ) -> Result<Option<PurchaseRequest>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = approval::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(PurchaseRequest))
    }

    /// What buyers of all companies ask their managers to approve, the newest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn purchase_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Only those that stand there.")] state: Option<PurchaseRequestState>,
        #[graphql(desc = "Only those of this company, by its id.")] company_id: Option<ID>,
    ) -> Result<Option<PurchaseRequestConnection>> {
        let page = page(first, after, last, before);
        let company = company_id
            .map(|id| ids::input(&id, "company", &["companyId"]))
            .transpose()?;
        let found = approval::list(ctx.shop(), ctx.caller(), company, state.map(Into::into), &page).await?;
        Ok(Some(PurchaseRequestConnection {
            page: map(found, PurchaseRequest),
            context: (),
        }))
    }

    /// The companies, by their names. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn companies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "A part of the name, at most 100 characters.")] query: Option<String>,
        #[graphql(desc = "Those that were deleted, and no others.", default)] deleted: bool,
    ) -> Result<Option<CompanyConnection>> {
        let filter = NamedFilter { query, deleted };
        let page = page(first, after, last, before);
        let page = companies::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(CompanyConnection {
            page: map(page, Company),
            context: (),
        }))
    }
}

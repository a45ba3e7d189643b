use async_graphql::{Context, InputObject, Object};
use vitrine_commerce::imported::{self, ImportedOrderFilter};

use super::object::{ImportSource, ImportedOrder, ImportedOrderConnection};
use crate::graphql::shared::{ContextExt, Result, cost, map, page};

/// Which imported orders to list. Everything given must hold.
#[derive(Debug, Default, InputObject)]
pub struct ImportedOrderWhere {
    /// Parts of number (with or without `#`), mail address, names, SKUs and titles.
    pub query: Option<String>,
    /// Those of one system.
    pub source: Option<ImportSource>,
}

#[derive(Debug, Default)]
pub struct ImportedOrderQuery;

#[Object]
impl ImportedOrderQuery {
    /// Orders that another shop system had and that were imported as history, those that were placed last first. For staff with
    /// the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn imported_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which of them; all unless given.")] filter: Option<ImportedOrderWhere>,
    ) -> Result<Option<ImportedOrderConnection>> {
        let asked = page(first, after, last, before);
        let given = filter.unwrap_or_default();
        let filter = ImportedOrderFilter {
            query: given.query,
            source: given.source.map(Into::into),
        };
        let found = imported::list(ctx.shop(), ctx.caller(), &filter, &asked).await?;
        Ok(Some(ImportedOrderConnection {
            page: map(found, ImportedOrder),
            context: (),
        }))
    }
}

use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::bulk::{self, BulkStart};

use super::object::BulkOperation;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Operations that are to be done.
#[derive(Debug, InputObject)]
pub struct BulkOperationRunInput {
    /// A JSON object a line, `{"op": "priceSet", "sku": "MUG-1", "price": "12.50"}`. `op` is one of
    /// `productCreate`, `productUpdate`, `productDelete`, `productCategorySet`, `variantCreate`, `variantUpdate`,
    /// `variantDelete`, `priceSet`, `stockSet`, `stockAdjust`, `categoryCreate`, `categoryUpdate`, `categoryDelete`,
    /// `metafieldSet`, `metafieldDelete`, `translationSet` (one text: `of`, `locale`, `field`, `text`) and
    /// `translationRemove`; the rest is the input of the mutation of that kind, where a product or
    /// a category may be named by its `slug` in place of its `id`, and a variant by its `sku`. Or a table of translations,
    /// filled in, as `translatables` gives it (`csv`): each row is a `translationSet`, and one without a translation none.
    pub lines: String,
    /// What to call the file, for people: at most 255 characters.
    #[graphql(default_with = "\"operations.jsonl\".to_owned()")]
    pub file_name: String,
    /// Whether every line is only tried, by itself, and taken back.
    #[graphql(default)]
    pub dry_run: bool,
}

/// Which bulk operation stops.
#[derive(Debug, InputObject)]
pub struct BulkOperationCancelInput {
    /// The bulk operation's id.
    pub id: ID,
}

payload! {
    /// What `bulkOperationRun` answers.
    BulkOperationRunPayload {
        /// The bulk operation, which goes on in the background: follow it by `bulkOperationUpdates`.
        bulk_operation: BulkOperation,
    }
}

payload! {
    /// What `bulkOperationCancel` answers.
    BulkOperationCancelPayload {
        /// The bulk operation as it is now.
        bulk_operation: BulkOperation,
    }
}

#[derive(Debug, Default)]
pub struct BulkMutation;

#[Object]
impl BulkMutation {
    /// Has a file of operations done by jobs, line by line: each line is done wholly or refused, whatever becomes
    /// of the others. A file that is larger than a request may be goes to `POST /api/bulk-operations`. For staff and
    /// apps; each line asks for the permission that its operation asks for.
    #[graphql(complexity = "50 + child_complexity")]
    async fn bulk_operation_run(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: BulkOperationRunInput,
    ) -> Result<Option<BulkOperationRunPayload>> {
        let start = BulkStart {
            file_name: input.file_name,
            content: input.lines.into_bytes(),
            dry_run: input.dry_run,
            by_job: true,
        };
        let started = bulk::start(ctx.shop(), ctx.caller(), start).await;
        BulkOperationRunPayload::of(started.map(BulkOperation))
    }

    /// Stops a bulk operation: what it has done stays. For staff and apps: whoever started it, and those with the
    /// permission `JOBS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn bulk_operation_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which bulk operation stops.")] input: BulkOperationCancelInput,
    ) -> Result<Option<BulkOperationCancelPayload>> {
        BulkOperationCancelPayload::of(cancel(ctx, input).await)
    }
}

async fn cancel(ctx: &Context<'_>, input: BulkOperationCancelInput) -> vitrine_commerce::Result<BulkOperation> {
    let id = ids::input(&input.id, "bulk operation", &["id"])?;
    Ok(BulkOperation(bulk::cancel(ctx.shop(), ctx.caller(), id).await?))
}

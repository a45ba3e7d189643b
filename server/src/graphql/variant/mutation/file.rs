use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::downloads::files::{self, FileAdd, FileUpdate};

use crate::{
    graphql::{
        shared::{ContextExt, Result, given, payload},
        variant::file::VariantFile,
    },
    ids,
};

/// A file that is sold with a variant.
#[derive(Debug, InputObject)]
pub struct VariantFileAddInput {
    /// The variant's id.
    pub variant_id: ID,
    /// The upload's id, as `stagedUploadsCreate` gave it for a `FILE`.
    pub upload_id: ID,
    /// What it is called; as the upload was, where it is left out.
    pub name: Option<String>,
    /// How often each unit that was bought may be fetched, 1 to 10,000. Left out, that is not bounded.
    pub fetches_max: Option<i32>,
    /// For how many days after the payment, 1 to 3,650. Left out, that is not bounded.
    pub days: Option<i32>,
}

/// A change of a file that is sold with a variant.
#[derive(Debug, InputObject)]
pub struct VariantFileUpdateInput {
    /// The file's id.
    pub id: ID,
    /// The file's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called. Left out, it stays.
    pub name: Option<String>,
    /// How often each unit that was bought may be fetched. Left out, it stays; null takes the bound away.
    pub fetches_max: MaybeUndefined<i32>,
    /// For how many days after the payment. Left out, it stays; null takes the bound away.
    pub days: MaybeUndefined<i32>,
    /// An upload whose content takes the place of the file's. Whoever bought it before gets that, too.
    pub upload_id: Option<ID>,
}

/// Which file goes.
#[derive(Debug, InputObject)]
pub struct VariantFileDeleteInput {
    /// The file's id.
    pub id: ID,
    /// The file's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which file comes back.
#[derive(Debug, InputObject)]
pub struct VariantFileRestoreInput {
    /// The file's id.
    pub id: ID,
}

payload! {
    /// What `variantFileAdd` answers.
    VariantFileAddPayload {
        /// The file.
        file: VariantFile,
    }
}
payload! {
    /// What `variantFileUpdate` answers.
    VariantFileUpdatePayload {
        /// The file as it is now.
        file: VariantFile,
    }
}
payload! {
    /// What `variantFileDelete` answers.
    VariantFileDeletePayload {
        /// The file as it was.
        file: VariantFile,
    }
}
payload! {
    /// What `variantFileRestore` answers.
    VariantFileRestorePayload {
        /// The file as it is now.
        file: VariantFile,
    }
}

#[derive(Debug, Default)]
pub struct VariantFileMutation;

#[Object]
impl VariantFileMutation {
    /// Gives a file with a variant, 50 at most: orders that are paid from now on give it. Switch the variant's
    /// `requiresShipping` off where it is nothing but a download. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn variant_file_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A file that is sold with a variant.")] input: VariantFileAddInput,
    ) -> Result<Option<VariantFileAddPayload>> {
        VariantFileAddPayload::of(add(ctx, input).await)
    }

    /// Changes a file that is sold with a variant, or replaces what it holds. New bounds hold for orders that are paid,
    /// or renewed, from now on. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn variant_file_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A change of a file.")] input: VariantFileUpdateInput,
    ) -> Result<Option<VariantFileUpdatePayload>> {
        VariantFileUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a file from a variant. Orders that were paid before go on giving it; `variantFileRestore` brings it back
    /// within 30 days. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn variant_file_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file goes.")] input: VariantFileDeleteInput,
    ) -> Result<Option<VariantFileDeletePayload>> {
        VariantFileDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a file back that was taken from a variant. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn variant_file_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file comes back.")] input: VariantFileRestoreInput,
    ) -> Result<Option<VariantFileRestorePayload>> {
        VariantFileRestorePayload::of(restore(ctx, input).await)
    }
}

async fn add(ctx: &Context<'_>, input: VariantFileAddInput) -> vitrine_commerce::Result<VariantFile> {
    let add = FileAdd {
        variant: ids::input(&input.variant_id, "variant", &["variantId"])?,
        upload: ids::input(&input.upload_id, "upload", &["uploadId"])?,
        name: input.name,
        fetches_max: input.fetches_max,
        days: input.days,
    };
    Ok(VariantFile(files::add(ctx.shop(), ctx.caller(), add).await?))
}

async fn update(ctx: &Context<'_>, input: VariantFileUpdateInput) -> vitrine_commerce::Result<VariantFile> {
    let upload = input.upload_id;
    let update = FileUpdate {
        id: ids::input(&input.id, "file", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        name: input.name,
        fetches_max: given(input.fetches_max),
        days: given(input.days),
        upload: upload.map(|id| ids::input(&id, "upload", &["uploadId"])).transpose()?,
    };
    Ok(VariantFile(files::update(ctx.shop(), ctx.caller(), update).await?))
}

async fn delete(ctx: &Context<'_>, input: VariantFileDeleteInput) -> vitrine_commerce::Result<VariantFile> {
    let (id, expected) = (ids::input(&input.id, "file", &["id"])?, input.expected_version);
    let file = files::delete(ctx.shop(), ctx.caller(), id, expected.map(i64::from)).await?;
    Ok(VariantFile(file))
}

async fn restore(ctx: &Context<'_>, input: VariantFileRestoreInput) -> vitrine_commerce::Result<VariantFile> {
    let id = ids::input(&input.id, "file", &["id"])?;
    Ok(VariantFile(files::restore(ctx.shop(), ctx.caller(), id).await?))
}

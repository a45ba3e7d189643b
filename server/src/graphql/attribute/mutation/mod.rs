//! Staff define attributes, and give products values of them.

pub mod create;
pub mod delete;
pub mod set;
pub mod set_variant;
pub mod update;

use async_graphql::{Context, Object};

use super::mutation::{
    create::{AttributeDefinitionCreateInput, AttributeDefinitionCreatePayload},
    delete::{
        AttributeDefinitionDeleteInput, AttributeDefinitionDeletePayload, AttributeDefinitionRestoreInput,
        AttributeDefinitionRestorePayload,
    },
    set::{ProductAttributesSetInput, ProductAttributesSetPayload},
    set_variant::{VariantAttributesSetInput, VariantAttributesSetPayload},
    update::{AttributeDefinitionUpdateInput, AttributeDefinitionUpdatePayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct AttributeMutation;

#[Object]
impl AttributeMutation {
    /// Defines what a named value of products must be. Values that bear the name already become values of it,
    /// where they are what it wants: see `unfitValues`. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn attribute_definition_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new definition.")] input: AttributeDefinitionCreateInput,
    ) -> Result<Option<AttributeDefinitionCreatePayload>> {
        AttributeDefinitionCreatePayload::of(create::create(ctx, input).await)
    }

    /// Changes a definition; products' values follow its name and those of its choices. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn attribute_definition_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which definition changes, and how.")] input: AttributeDefinitionUpdateInput,
    ) -> Result<Option<AttributeDefinitionUpdatePayload>> {
        AttributeDefinitionUpdatePayload::of(update::update(ctx, input).await)
    }

    /// Deletes a definition. Products keep their values, as free text, and `attributeDefinitionRestore` brings
    /// it back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn attribute_definition_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which definition.")] input: AttributeDefinitionDeleteInput,
    ) -> Result<Option<AttributeDefinitionDeletePayload>> {
        AttributeDefinitionDeletePayload::of(delete::delete(ctx, input).await)
    }

    /// Brings a deleted definition back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn attribute_definition_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which definition.")] input: AttributeDefinitionRestoreInput,
    ) -> Result<Option<AttributeDefinitionRestorePayload>> {
        AttributeDefinitionRestorePayload::of(delete::restore(ctx, input).await)
    }

    /// Gives a product values of some attributes; the others keep theirs. For staff with the permission
    /// `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_attributes_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product, and its values.")] input: ProductAttributesSetInput,
    ) -> Result<Option<ProductAttributesSetPayload>> {
        ProductAttributesSetPayload::of(set::set(ctx, input).await)
    }

    /// Gives a variant values of the attributes that are named, and of no others; products are filtered by them as by
    /// their own. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn variant_attributes_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant, and its values.")] input: VariantAttributesSetInput,
    ) -> Result<Option<VariantAttributesSetPayload>> {
        VariantAttributesSetPayload::of(set_variant::set(ctx, input).await)
    }
}

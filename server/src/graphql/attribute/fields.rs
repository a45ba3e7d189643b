use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::catalog::attributes;
use vitrine_entity::ids::CategoryId;

use super::object::{AttributeDefinition, AttributeKind, AttributeReferenceKind, MeasurementUnit};
use crate::{
    graphql::{
        category::{object::Category, questions::CategoryById},
        product::option::Swatch,
        shared::{ContextExt, Image, Result, int, rows, words},
    },
    ids,
};

/// What a named value of products must be. A name that is not defined is free text.
#[Object]
impl AttributeDefinition {
    /// Names the definition.
    async fn id(&self) -> ID {
        ids::public(self.0.row.id)
    }

    /// Names it in programs, as in `net_weight`. Unique.
    async fn key(&self) -> &str {
        &self.0.row.key
    }

    /// What people call it, as in `Net weight`; filters name it by this. Unique.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(words::attribute(ctx, &self.0.row.name, &[]).await?.0)
    }

    /// What its values are.
    async fn kind(&self) -> AttributeKind {
        self.0.row.kind.into()
    }

    /// Whether a product may have several values.
    async fn list(&self) -> bool {
        self.0.row.is_list
    }

    /// Of a number with a unit: the one that values are kept and shown in.
    async fn unit(&self) -> Option<MeasurementUnit> {
        MeasurementUnit::of(self.0.row.unit.as_deref())
    }

    /// Of a reference: what it leads to.
    async fn reference_kind(&self) -> Option<AttributeReferenceKind> {
        self.0.row.reference_kind.map(Into::into)
    }

    /// The values that it may have, in display order; none where any will do.
    async fn choices(&self, ctx: &Context<'_>) -> Result<Vec<AttributeChoice>> {
        let own: Vec<_> = self.0.choices.iter().map(|choice| choice.value.clone()).collect();
        let (_, shown) = words::attribute(ctx, &self.0.row.name, &own).await?;
        let choice = |(choice, value): (&vitrine_entity::attribute_choice::Model, String)| AttributeChoice {
            value,
            swatch: (choice.colour.is_some() || choice.image_source.is_some()).then(|| Swatch {
                colour: choice.colour.clone(),
                image: choice
                    .image_source
                    .clone()
                    .map(|source| Image::of_swatch(choice.definition_id, source, choice.value.clone())),
            }),
        };
        Ok(self.0.choices.iter().zip(shown).map(choice).collect())
    }

    /// Whether searches have a facet of it and, where it is a number, filter by range.
    async fn filterable(&self) -> bool {
        self.0.row.filterable
    }

    /// Whether shoppers see its values.
    async fn visible(&self) -> bool {
        self.0.row.visible
    }

    /// Its place among the attributes and facets, the least first.
    async fn position(&self) -> i32 {
        self.0.row.position
    }

    /// The categories whose products have it, with all beneath them; none where every product may.
    #[graphql(complexity = "5 * child_complexity")]
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        let row = &self.0.row;
        let names = rows::strings(&row.categories, "attribute_definition", "categories", row.id)?;
        let mut categories = Vec::new();
        for id in names.iter().filter_map(|id| ids::find::<CategoryId>(id)) {
            categories.extend(ctx.load(CategoryById(id)).await?.map(Category));
        }
        Ok(categories)
    }

    /// Values of products that are not what it wants, as those may be that are older than it: at most 50. For
    /// staff with the permission `CATALOG`; null with an error otherwise.
    #[graphql(complexity = 10)]
    async fn unfit_values(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        Ok(Some(attributes::unfit_values(ctx.shop(), ctx.caller(), &self.0).await?))
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.row.version)
    }

    /// When it was deleted, where it was.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.deleted_at
    }
}

/// A value that an attribute may have.
#[derive(Debug, SimpleObject)]
pub struct AttributeChoice {
    /// The value.
    pub value: String,
    /// How it is shown, where staff said so.
    pub swatch: Option<Swatch>,
}

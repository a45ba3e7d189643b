use async_graphql::{ComplexObject, Context, SimpleObject, Union};
use futures::future::try_join_all;
use vitrine_commerce::catalog::{
    attributes::{Typed, typed},
    find, measure,
};

use super::{
    object::{AttributeDefinition, AttributeKind, MeasurementUnit},
    questions::DefinitionsByName,
};
use crate::graphql::{
    category::{object::Category, questions::CategoryById},
    collection::object::Collection,
    product::{object::Product, questions::ProductById},
    shared::{ContextExt, Date, Decimal, Result, words},
    variant::{object::ProductVariant, questions::VariantById},
};

/// A named value of a product or a variant, by which products can be filtered. Where staff defined the name it is typed as well.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct ProductAttribute {
    /// Its name, as in `Material`.
    pub name: String,
    /// Its value as people read it, as in `Oak` or `12.5 kg`.
    pub value: String,
    /// As it stands in the row.
    #[graphql(skip)]
    own_value: String,
    #[graphql(skip)]
    definition: Option<AttributeDefinition>,
    #[graphql(skip)]
    typed: Option<Typed>,
}

/// The thing that a value leads to.
#[derive(Debug, Union)]
pub enum AttributeReference {
    Product(Box<Product>),
    ProductVariant(Box<ProductVariant>),
    Category(Category),
    Collection(Collection),
}

#[ComplexObject]
impl ProductAttribute {
    /// The key of its definition, where its name is defined.
    async fn key(&self) -> Option<String> {
        self.definition.as_ref().map(|definition| definition.0.row.key.clone())
    }

    /// What kind of value it is. Text, where its name is not defined.
    async fn kind(&self) -> AttributeKind {
        let kind = self.definition.as_ref().map(|definition| definition.0.row.kind.into());
        kind.filter(|_| self.typed.is_some()).unwrap_or(AttributeKind::Text)
    }

    /// What its name is defined as, where it is.
    #[graphql(complexity = "1 + child_complexity")]
    async fn definition(&self) -> Option<AttributeDefinition> {
        self.definition.clone()
    }

    /// The number, where it is one, exactly.
    async fn number_value(&self) -> Option<Decimal> {
        match self.typed {
            Some(Typed::Number(micro, _)) => Some(Decimal(measure::decimal(micro))),
            _ => None,
        }
    }

    /// The unit of its number, where it has one.
    async fn unit(&self) -> Option<MeasurementUnit> {
        match self.typed {
            Some(Typed::Number(_, unit)) => unit.map(Into::into),
            _ => None,
        }
    }

    /// Yes or no, where it is that.
    async fn boolean_value(&self) -> Option<bool> {
        match self.typed {
            Some(Typed::Boolean(is)) => Some(is),
            _ => None,
        }
    }

    /// The date, where it is one: `2026-01-31`.
    async fn date_value(&self) -> Option<Date> {
        match self.typed {
            Some(Typed::Date(date)) => Some(Date(date)),
            _ => None,
        }
    }

    /// The colour, `#rrggbb`: its own, or that of the choice that it is.
    async fn colour(&self) -> Option<String> {
        if let Some(Typed::Colour(colour)) = &self.typed {
            return Some(colour.clone());
        }
        let choices = self.definition.iter().flat_map(|definition| &definition.0.choices);
        let mut own = choices.filter(|choice| choice.value == self.own_value);
        own.next().and_then(|choice| choice.colour.clone())
    }

    /// What it leads to, where it is a reference, and you may see that.
    #[graphql(complexity = "1 + child_complexity")]
    async fn reference(&self, ctx: &Context<'_>) -> Result<Option<AttributeReference>> {
        let shown = async |id| -> Result<Option<vitrine_entity::product::Model>> {
            let row = ctx.load(ProductById(id)).await?;
            Ok(row.filter(|row| find::is_visible(ctx.caller(), row)))
        };
        Ok(match self.typed {
            Some(Typed::Product(id)) => shown(id)
                .await?
                .map(|row| AttributeReference::Product(Box::new(Product(row)))),
            Some(Typed::Variant(id)) => {
                let Some(row) = ctx.load(VariantById(id)).await? else {
                    return Ok(None);
                };
                let is_shown = shown(row.product_id).await?.is_some() && (row.active || ctx.is_staff());
                is_shown.then(|| AttributeReference::ProductVariant(Box::new(ProductVariant(row))))
            }
            Some(Typed::Category(id)) => ctx
                .load(CategoryById(id))
                .await?
                .map(|row| AttributeReference::Category(Category(row))),
            Some(Typed::Collection(id)) => vitrine_commerce::catalog::collections::by_id(ctx.shop(), ctx.caller(), id)
                .await?
                .map(|row| AttributeReference::Collection(Collection(row))),
            _ => None,
        })
    }
}

impl ProductAttribute {
    async fn translate(&mut self, ctx: &Context<'_>) -> Result<()> {
        let (name, mut values) = words::attribute(ctx, &self.name, std::slice::from_ref(&self.value)).await?;
        self.name = name;
        if let Some(value) = values.pop() {
            self.value = value;
        }
        Ok(())
    }

    /// A thing's values, each with its name, that the caller may see: what is defined first, in its order.
    ///
    /// # Errors
    /// When the definitions cannot be read.
    pub async fn show(ctx: &Context<'_>, values: Vec<(String, String)>) -> Result<Vec<Self>> {
        if values.is_empty() {
            return Ok(Vec::new());
        }
        let definitions = ctx.load(DefinitionsByName(())).await?.unwrap_or_default();
        let mut values: Vec<_> = values
            .into_iter()
            .map(|(name, value)| {
                let definition = definitions.get(&name);
                Self {
                    typed: definition.and_then(|definition| typed(definition, &value)),
                    definition: definition.cloned().map(AttributeDefinition),
                    name,
                    own_value: value.clone(),
                    value,
                }
            })
            .collect();
        let is_hidden = |value: &Self| {
            value
                .definition
                .as_ref()
                .is_some_and(|definition| !definition.0.row.visible)
        };
        values.retain(|value| ctx.is_staff() || !is_hidden(value));
        values.sort_by_key(|value| {
            let position = value.definition.as_ref().map(|definition| definition.0.row.position);
            position.map_or((1, 0), |position| (0, position))
        });
        if !words::are_own(ctx) {
            try_join_all(values.iter_mut().map(|value| value.translate(ctx))).await?;
        }
        Ok(values)
    }
}

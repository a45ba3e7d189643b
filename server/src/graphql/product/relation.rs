use async_graphql::Enum;

/// How two products belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[graphql(remote = "vitrine_entity::product_relation::RelationKind")]
pub enum ProductRelationKind {
    /// Taken instead of it.
    #[default]
    Related,
    /// Taken with it.
    Complementary,
}

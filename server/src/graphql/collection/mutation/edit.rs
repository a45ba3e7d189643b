use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::catalog::{
    collections::change::{self, CollectionCreate, CollectionUpdate},
    heading::Heading,
};

use crate::{
    graphql::{
        collection::{object::Collection, rule::CollectionRuleInput},
        shared::{ContextExt, HeadingPictureInput, payload},
    },
    ids,
};

/// A collection as it should be.
#[derive(Debug, InputObject)]
pub struct CollectionCreateInput {
    /// What it is called.
    pub title: String,
    /// Names it in its page's address: lower-case letters, digits and hyphens. Made of the title unless given.
    pub slug: Option<String>,
    /// What it is about, as text.
    pub description: Option<String>,
    /// For a page's `<title>`; its title unless given.
    pub seo_title: Option<String>,
    /// For a page's description.
    pub seo_description: Option<String>,
    /// Its picture.
    pub picture: Option<HeadingPictureInput>,
    /// Whether shoppers see it.
    #[graphql(default = true)]
    pub published: bool,
    /// Its place among the collections: lower stands first. The last unless given.
    pub position: Option<i32>,
    /// What is in it by itself. Without a rule, its products are picked by hand.
    pub rule: Option<CollectionRuleInput>,
}

payload! {
    /// What `collectionCreate` answers.
    CollectionCreatePayload {
        /// The collection as it is now.
        collection: Collection,
    }
}

/// Which collection changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct CollectionUpdateInput {
    /// The collection's id.
    pub id: ID,
    /// The collection's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called.
    pub title: Option<String>,
    /// Names it in its page's address. The former one goes on leading to it, while no other collection has it.
    pub slug: Option<String>,
    /// What it is about, as text; null takes it away.
    pub description: MaybeUndefined<String>,
    /// For a page's `<title>`; null gives it the collection's title.
    pub seo_title: MaybeUndefined<String>,
    /// For a page's description; null takes it away.
    pub seo_description: MaybeUndefined<String>,
    /// Its picture; null takes it away.
    pub picture: MaybeUndefined<HeadingPictureInput>,
    /// Whether shoppers see it.
    pub published: Option<bool>,
    /// Its place among the collections: lower stands first.
    pub position: Option<i32>,
    /// What is in it by itself, from now on; what is in it and does not match goes out. Null takes the rule away:
    /// what is in the collection stays, picked by hand.
    pub rule: MaybeUndefined<CollectionRuleInput>,
}

payload! {
    /// What `collectionUpdate` answers.
    CollectionUpdatePayload {
        /// The collection as it is now.
        collection: Collection,
    }
}

pub(super) async fn create(ctx: &Context<'_>, input: CollectionCreateInput) -> vitrine_commerce::Result<Collection> {
    let currency = ctx.caller().currency;
    let create = CollectionCreate {
        heading: Heading {
            name: Some(input.title),
            slug: input.slug,
            description: input.description,
            seo_title: Some(input.seo_title),
            seo_description: Some(input.seo_description),
            picture: Some(input.picture.map(HeadingPictureInput::read).transpose()?),
        },
        published: input.published,
        position: input.position,
        rule: input.rule.map(|rule| rule.read(currency)).transpose()?,
    };
    Ok(Collection(change::create(ctx.shop(), ctx.caller(), create).await?))
}

pub(super) async fn update(ctx: &Context<'_>, input: CollectionUpdateInput) -> vitrine_commerce::Result<Collection> {
    let currency = ctx.caller().currency;
    let rule = match input.rule {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(rule) => Some(Some(rule.read(currency)?)),
    };
    let update = CollectionUpdate {
        collection: ids::input(&input.id, "collection", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        heading: Heading {
            name: input.title,
            slug: input.slug,
            description: Option::<Option<String>>::from(input.description).map(Option::unwrap_or_default),
            seo_title: input.seo_title.into(),
            seo_description: input.seo_description.into(),
            picture: HeadingPictureInput::change(input.picture)?,
        },
        published: input.published,
        position: input.position,
        rule,
    };
    Ok(Collection(change::update(ctx.shop(), ctx.caller(), update).await?))
}

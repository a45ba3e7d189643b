use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::catalog::{
    categories::change::{self, CategoryCreate, CategoryUpdate},
    heading::Heading,
};

use crate::{
    graphql::{
        category::object::Category,
        shared::{ContextExt, HeadingPictureInput, payload},
    },
    ids,
};

/// A category as it should be.
#[derive(Debug, InputObject)]
pub struct CategoryCreateInput {
    /// What it is called.
    pub name: String,
    /// Names it in its page's address: lower-case letters, digits and hyphens. Made of the name unless given.
    pub slug: Option<String>,
    /// The category beneath which it stands; a root unless given.
    pub parent_id: Option<ID>,
    /// Its place among its siblings, from 0; the last unless given.
    pub position: Option<i32>,
    /// What belongs into it, as text.
    pub description: Option<String>,
    /// For a page's `<title>`; its name unless given.
    pub seo_title: Option<String>,
    /// For a page's description.
    pub seo_description: Option<String>,
    /// Its picture.
    pub picture: Option<HeadingPictureInput>,
}

payload! {
    /// What `categoryCreate` answers.
    CategoryCreatePayload {
        /// The category as it is now.
        category: Category,
    }
}

/// Which category changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct CategoryUpdateInput {
    /// The category's id.
    pub id: ID,
    /// The category's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called.
    pub name: Option<String>,
    /// Names it in its page's address. The former one goes on leading to it, while no other category has it.
    pub slug: Option<String>,
    /// What belongs into it, as text; null takes it away.
    pub description: MaybeUndefined<String>,
    /// For a page's `<title>`; null gives it the category's name.
    pub seo_title: MaybeUndefined<String>,
    /// For a page's description; null takes it away.
    pub seo_description: MaybeUndefined<String>,
    /// Its picture; null takes it away.
    pub picture: MaybeUndefined<HeadingPictureInput>,
}

payload! {
    /// What `categoryUpdate` answers.
    CategoryUpdatePayload {
        /// The category as it is now.
        category: Category,
    }
}

pub(super) async fn create(ctx: &Context<'_>, input: CategoryCreateInput) -> vitrine_commerce::Result<Category> {
    let parent = input.parent_id.map(|id| ids::input(&id, "category", &["parentId"]));
    let create = CategoryCreate {
        parent: parent.transpose()?,
        position: super::place::position(input.position)?,
        heading: Heading {
            name: Some(input.name),
            slug: input.slug,
            description: input.description,
            seo_title: Some(input.seo_title),
            seo_description: Some(input.seo_description),
            picture: Some(input.picture.map(HeadingPictureInput::read).transpose()?),
        },
    };
    Ok(Category(change::create(ctx.shop(), ctx.caller(), create).await?))
}

pub(super) async fn update(ctx: &Context<'_>, input: CategoryUpdateInput) -> vitrine_commerce::Result<Category> {
    let update = CategoryUpdate {
        category: ids::input(&input.id, "category", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        heading: Heading {
            name: input.name,
            slug: input.slug,
            description: Option::<Option<String>>::from(input.description).map(Option::unwrap_or_default),
            seo_title: input.seo_title.into(),
            seo_description: input.seo_description.into(),
            picture: HeadingPictureInput::change(input.picture)?,
        },
    };
    Ok(Category(change::update(ctx.shop(), ctx.caller(), update).await?))
}

//! What stands above the products of a category or a collection: its name, its address, its words, its picture.

use super::{
    draft::PictureDraft,
    fields::Refusals,
    save::is_picture_source,
    slug::{is_slug, slugify},
};
use crate::{ErrorCode, Refusal, Result, Tx, sql};

const DESCRIPTION_LENGTH_MAX: usize = 10_000;

/// How many slugs are tried for a name that others have, too.
const SLUGS_TRIED: usize = 100;

/// A change of a heading. What is `None` stays as it is; what holds `Some(None)` is taken away.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// `name` of a category, `title` of a collection.
    pub name: Option<String>,
    pub slug: Option<String>,
    /// Plain text.
    pub description: Option<String>,
    pub seo_title: Option<Option<String>>,
    pub seo_description: Option<Option<String>>,
    pub picture: Option<Option<PictureDraft>>,
}

/// The change in its normal form. `name` is what the name is called in the input.
pub(super) fn check(mut heading: Heading, name: &str, refusals: &mut Refusals) -> Heading {
    if let Some(text) = &mut heading.name {
        refusals.line(&[name], text, 255);
    }
    if let Some(slug) = &mut heading.slug {
        check_slug(slug, refusals);
    }
    if heading.description.is_some() {
        refusals.optional_paragraph(&["description"], &mut heading.description, DESCRIPTION_LENGTH_MAX);
        heading.description = Some(heading.description.unwrap_or_default());
    }
    if let Some(text) = &mut heading.seo_title {
        refusals.optional(&["seoTitle"], text, 255);
    }
    if let Some(text) = &mut heading.seo_description {
        refusals.optional_paragraph(&["seoDescription"], text, 1_000);
    }
    if let Some(Some(picture)) = &mut heading.picture {
        check_picture(picture, refusals);
    }
    heading
}

/// A slug that somebody chose, in its normal form.
pub(super) fn check_slug(slug: &mut String, refusals: &mut Refusals) {
    refusals.line(&["slug"], slug, 200);
    if !slug.is_empty() && !is_slug(slug) {
        let message = format!("`{slug}` cannot stand in an address: use lower-case letters, digits and hyphens.");
        refusals.refuse(&["slug"], message);
    }
}

fn check_picture(picture: &mut PictureDraft, refusals: &mut Refusals) {
    let field = ["picture", "source"];
    refusals.line(&field, &mut picture.source, 2_048);
    if !is_picture_source(&picture.source) {
        refusals.refuse(
            &field,
            "A picture's source is an address that begins with `https://` or `http://`, or a path of this shop.",
        );
    }
    let mut alt = Some(std::mem::take(&mut picture.alt));
    refusals.optional(&["picture", "alt"], &mut alt, 512);
    picture.alt = alt.unwrap_or_default();
}

/// The fields that a change names, for the audit log.
pub(super) fn named(heading: &Heading, name: &'static str) -> Vec<&'static str> {
    let given = [
        (name, heading.name.is_some()),
        ("slug", heading.slug.is_some()),
        ("description", heading.description.is_some()),
        ("seoTitle", heading.seo_title.is_some()),
        ("seoDescription", heading.seo_description.is_some()),
        ("picture", heading.picture.is_some()),
    ];
    let given = given.into_iter().filter(|(_, given)| *given);
    given.map(|(field, _)| field).collect()
}

/// The tables whose rows have a slug.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slugs {
    Products,
    Categories,
    Collections,
}

impl Slugs {
    fn table(self) -> &'static str {
        match self {
            Self::Products => "product",
            Self::Categories => "category",
            Self::Collections => "collection",
        }
    }

    /// # Errors
    /// Refuses a slug that another row has.
    pub(super) async fn require_free(self, tx: &Tx, slug: &str) -> Result<()> {
        match self.taken(tx, &[slug.to_owned()]).await?.is_empty() {
            true => Ok(()),
            false => Err(taken(slug).into()),
        }
    }

    /// The slug that was chosen, if nobody has it; or one made of `name`, with a number where that is taken.
    pub(super) async fn choose(self, tx: &Tx, chosen: Option<&str>, name: &str, name_field: &str) -> Result<String> {
        if let Some(chosen) = chosen {
            self.require_free(tx, chosen).await?;
            return Ok(chosen.to_owned());
        }
        let base: String = slugify(name).chars().take(190).collect();
        if base.is_empty() {
            let message = "No letter or digit of the name can stand in an address: give a `slug`, too.";
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&[name_field]).into());
        }
        let numbered = (2..=SLUGS_TRIED).map(|number| format!("{base}-{number}"));
        let tried: Vec<String> = std::iter::once(base.clone()).chain(numbered).collect();
        let taken_ones = self.taken(tx, &tried).await?;
        let free = tried.into_iter().find(|slug| !taken_ones.contains(slug));
        free.ok_or_else(|| taken(&base).into())
    }

    async fn taken(self, tx: &Tx, slugs: &[String]) -> Result<Vec<String>> {
        let places: Vec<_> = (1..=slugs.len()).map(|place| format!("${place}")).collect();
        let (table, places) = (self.table(), places.join(", "));
        let sql = format!("select slug from {table} where slug in ({places})");
        Ok(sql::column(tx.db(), &sql, slugs.iter().map(|slug| slug.as_str().into())).await?)
    }
}

/// Why a slug cannot be had.
pub(super) fn taken(slug: &str) -> Refusal {
    Refusal::new(
        ErrorCode::Taken,
        format!("The slug `{slug}` is taken. Choose another `slug`."),
    )
    .at(&["slug"])
}

/// What stands in the place of a deleted thing's slug: no address can have it.
pub(super) fn tombstone(id: impl std::fmt::Display) -> String {
    format!("~{id}")
}

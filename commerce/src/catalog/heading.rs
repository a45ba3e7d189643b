//! What stands above the products of a category or a collection: its name, its address, its words, its picture.

use vitrine_entity::ids::MediaId;

use super::{
    fields::Refusals,
    save::is_picture_source,
    slug::{is_slug, slugify},
};
use crate::{ErrorCode, Refusal, Result, Tx, language::messages, media, sql};

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
    pub picture: Option<Option<HeadingPicture>>,
}

/// A picture: of the shop's store, or by its address. One of the two.
#[derive(Debug, Clone, Default)]
pub struct HeadingPicture {
    pub media: Option<MediaId>,
    /// An address, or a path of the shop.
    pub source: Option<String>,
    /// What it shows; the text of the store's picture where it is `None`.
    pub alt: Option<String>,
}

/// The change in its normal form. `name` is what the name is called in the input.
pub(super) async fn check(tx: &Tx, mut heading: Heading, name: &str, refusals: &mut Refusals) -> Result<Heading> {
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
        check_picture(tx, picture, refusals).await?;
    }
    Ok(heading)
}

/// A checked picture as its columns hold it: where it lies, and what it shows.
pub(super) fn columns(picture: Option<HeadingPicture>) -> (Option<String>, Option<String>) {
    match picture {
        Some(picture) => (picture.source, Some(picture.alt.unwrap_or_default())),
        None => (None, None),
    }
}

/// Whether what is there as `slug` is what is asked for: under this slug, where one is asked for.
pub(super) fn is_called(wanted: Option<&str>, slug: &str) -> bool {
    wanted.is_none_or(|wanted| wanted == slug)
}

/// A slug that somebody chose, in its normal form.
pub(super) fn check_slug(slug: &mut String, refusals: &mut Refusals) {
    refusals.line(&["slug"], slug, 200);
    if !slug.is_empty() && !is_slug(slug) {
        let message = messages::slug_not_for_addresses(&*slug);
        refusals.refuse(&["slug"], message);
    }
}

async fn check_picture(tx: &Tx, picture: &mut HeadingPicture, refusals: &mut Refusals) -> Result<()> {
    if let Some(alt) = &mut picture.alt {
        let mut text = Some(std::mem::take(alt));
        refusals.optional(&["picture", "alt"], &mut text, media::ALT_MAX);
        *alt = text.unwrap_or_default();
    }
    match (picture.media, &mut picture.source) {
        (Some(id), None) => {
            let media = media::usable(tx, id, &["picture", "mediaId"]).await?;
            picture.source = Some(media::source(&media));
            picture.alt.get_or_insert(media.alt);
        }
        (None, Some(source)) => {
            let field = ["picture", "source"];
            refusals.line(&field, source, 2_048);
            if !is_picture_source(source) {
                refusals.refuse(&field, messages::picture_source_form());
            }
        }
        _ => refusals.refuse(&["picture"], messages::give_media_or_source()),
    }
    Ok(())
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
        match (base(name).is_empty(), self.made_of(tx, name).await?) {
            (_, Some(free)) => Ok(free),
            (false, None) => Err(taken(&base(name)).into()),
            (true, None) => {
                let message = messages::slug_needed();
                Err(Refusal::new(ErrorCode::Invalid, message).at(&[name_field]).into())
            }
        }
    }

    /// A slug made of `name`, with a number where that is taken. `None` where the name has no letter or digit, or all
    /// that were tried are taken.
    pub(super) async fn made_of(self, tx: &Tx, name: &str) -> Result<Option<String>> {
        let base = base(name);
        if base.is_empty() {
            return Ok(None);
        }
        let numbered = (2..=SLUGS_TRIED).map(|number| format!("{base}-{number}"));
        let tried: Vec<String> = std::iter::once(base.clone()).chain(numbered).collect();
        let taken = self.taken(tx, &tried).await?;
        Ok(tried.into_iter().find(|slug| !taken.contains(slug)))
    }

    async fn taken(self, tx: &Tx, slugs: &[String]) -> Result<Vec<String>> {
        let places: Vec<_> = (1..=slugs.len()).map(|place| format!("${place}")).collect();
        let (table, places) = (self.table(), places.join(", "));
        let sql = format!("select slug from {table} where slug in ({places})");
        Ok(sql::column(tx.db(), &sql, slugs.iter().map(|slug| slug.as_str().into())).await?)
    }
}

/// With room for a number.
fn base(name: &str) -> String {
    slugify(name).chars().take(190).collect()
}

/// Why a slug cannot be had.
pub(super) fn taken(slug: &str) -> Refusal {
    Refusal::new(ErrorCode::Taken, messages::slug_taken(slug)).at(&["slug"])
}

/// What stands in the place of a deleted thing's slug: no address can have it.
pub(super) fn tombstone(id: impl std::fmt::Display) -> String {
    format!("~{id}")
}

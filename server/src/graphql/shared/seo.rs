use async_graphql::{Context, SimpleObject};
use vitrine_commerce::translations::Thing;

use super::{failure::Result, words};

/// What search engines of the web are told.
#[derive(Debug, SimpleObject)]
pub struct Seo {
    /// For the page's `<title>`; the object's own title unless staff gave another.
    pub title: String,
    /// For the page's description, where staff gave one.
    pub description: Option<String>,
}

impl Seo {
    /// What staff gave, or else the thing's own title, which is the text of the field `own`; in the language asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        ctx: &Context<'_>,
        thing: impl Into<Thing>,
        (field, own): (&str, &str),
        title: Option<&str>,
        description: Option<&str>,
    ) -> Result<Self> {
        let words = words::words(ctx, thing).await?;
        let shown = |field: &str, own: &str| {
            let translated = words.as_ref().and_then(|words| words.get(field));
            translated.unwrap_or(own).to_owned()
        };
        Ok(Self {
            title: match title {
                Some(title) => shown("seoTitle", title),
                None => shown(field, own),
            },
            description: description.map(|own| shown("seoDescription", own)),
        })
    }
}

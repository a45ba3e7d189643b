use async_graphql::SimpleObject;

/// What search engines of the web are told.
#[derive(Debug, SimpleObject)]
pub struct Seo {
    /// For the page's `<title>`; the object's own title unless staff gave another.
    pub title: String,
    /// For the page's description, where staff gave one.
    pub description: Option<String>,
}

impl Seo {
    /// What staff gave, or else the thing's own.
    pub fn of(own: &str, title: &Option<String>, description: &Option<String>) -> Self {
        Self {
            title: title.clone().unwrap_or_else(|| own.to_owned()),
            description: description.clone(),
        }
    }
}

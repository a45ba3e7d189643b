//! The bounds of one document.

/// The bounds. The defaults let the introspection of GraphiQL and of the usual code generators
/// through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GraphqlLimits {
    /// Length of the document. `QUERY_TOO_LARGE`.
    pub bytes: usize,
    /// Names, numbers, strings and punctuation of the document. `QUERY_TOO_MANY_TOKENS`.
    pub tokens: usize,
    /// Brackets of any kind within each other, in the text. The parser recurses once for each.
    /// `QUERY_TOO_DEEP`.
    pub nesting: usize,
    /// Directives in the whole document. `TOO_MANY_DIRECTIVES`.
    pub directives: usize,
    /// Selection sets within each other, with fragments followed. `QUERY_TOO_DEEP`.
    pub selection_depth: usize,
    /// Fields within each other, as the answer will nest them. `QUERY_TOO_DEEP`.
    pub depth: usize,
    /// Fields after every fragment is written out, over the whole document. `QUERY_TOO_COMPLEX`.
    pub fields: usize,
    /// What the fields cost together: a plain one costs 1, a connection multiplies by its page's
    /// size. `QUERY_TOO_COMPLEX`.
    pub complexity: usize,
    /// Renamed fields, after every fragment is written out. `TOO_MANY_ALIASES`.
    pub aliases: usize,
    /// Fields at an operation's top: as many logins can one request try. `TOO_MANY_ROOT_FIELDS`.
    pub root_fields: usize,
    /// Mutations that need no token, and by which a caller gets a valid one: they run for whoever sends one
    /// that is not valid any more. `UNAUTHENTICATED` for all others.
    pub without_token: &'static [&'static str],
}

impl Default for GraphqlLimits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 8_000,
            nesting: 50,
            directives: 50,
            selection_depth: 32,
            depth: 20,
            fields: 5_000,
            complexity: 10_000,
            aliases: 60,
            root_fields: 20,
            without_token: &[],
        }
    }
}

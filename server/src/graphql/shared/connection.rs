//! Relay connections: a page of a list, with `nodes` as well as `edges`.

use async_graphql::connection::PageInfo;
use vitrine_commerce::paging::{PAGE_MAX, Page, PageRequest};

/// The arguments by which a client pages, as the use cases take them.
pub fn page(first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> PageRequest {
    PageRequest {
        first,
        after,
        last,
        before,
    }
}

/// What a list costs: its rows times what each of them asks for. What is asked for beyond the
/// greatest page is refused by the use case and costs no more than that.
pub fn cost(first: Option<i32>, last: Option<i32>, child_complexity: usize) -> usize {
    let asked = first.or(last).unwrap_or(1);
    let rows = usize::try_from(asked).unwrap_or(1).min(PAGE_MAX as usize);
    rows.saturating_mul(child_complexity.max(1)).saturating_add(1)
}

/// Where a page lies in its list.
pub fn page_info<T>(page: &Page<T>) -> PageInfo {
    PageInfo {
        has_next_page: page.has_next,
        has_previous_page: page.has_previous,
        start_cursor: page.rows.first().map(|(cursor, _)| cursor.clone()),
        end_cursor: page.rows.last().map(|(cursor, _)| cursor.clone()),
    }
}

/// Makes the rows of a page into what the schema shows.
pub fn map<T, U>(page: Page<T>, show: impl Fn(T) -> U) -> Page<U> {
    Page {
        rows: page.rows.into_iter().map(|(cursor, row)| (cursor, show(row))).collect(),
        has_next: page.has_next,
        has_previous: page.has_previous,
    }
}

/// Makes a connection over [`Page`] and its edge: `connection!(OrderConnection, OrderEdge, Order)`.
/// Fields of its own follow in braces, and may use the connection's `context`.
macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ident) => {
        $crate::graphql::shared::connection! { $connection, $edge, $node, (), {} }
    };
    ($connection:ident, $edge:ident, $node:ident, $context:ty, { $($more:tt)* }) => {
        #[doc = concat!("A page of a list of `", stringify!($node), "`.")]
        #[derive(Debug)]
        pub struct $connection {
            pub page: vitrine_commerce::paging::Page<$node>,
            pub context: $context,
        }

        #[doc = concat!("A page of a list of `", stringify!($node), "`.")]
        #[async_graphql::Object]
        impl $connection {
            /// The rows of this page, each with its cursor.
            async fn edges(&self) -> Vec<$edge<'_>> {
                self.page.rows.iter().map(|(cursor, node)| $edge { cursor, node }).collect()
            }

            /// The rows of this page: a short cut past `edges`.
            async fn nodes(&self) -> Vec<&$node> {
                self.page.rows.iter().map(|(_, node)| node).collect()
            }

            /// Where this page lies in the list.
            async fn page_info(&self) -> async_graphql::connection::PageInfo {
                $crate::graphql::shared::page_info(&self.page)
            }

            $($more)*
        }

        #[derive(Debug)]
        pub struct $edge<'a> {
            cursor: &'a str,
            node: &'a $node,
        }

        #[doc = concat!("One `", stringify!($node), "` of a page.")]
        #[async_graphql::Object]
        impl $edge<'_> {
            /// Marks this row's place: send it as `after` or `before`. Opaque.
            async fn cursor(&self) -> &str {
                self.cursor
            }

            /// The row itself.
            async fn node(&self) -> &$node {
                self.node
            }
        }
    };
}
pub(crate) use connection;

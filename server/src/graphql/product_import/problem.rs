use async_graphql::{Enum, Object};
use vitrine_commerce::catalog::import;

use crate::graphql::shared::{Said, int};

/// Whether a problem keeps a file from being imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "import::Severity")]
pub enum ProductImportSeverity {
    /// The file can be imported all the same; the message says how.
    Warning,
    /// Nothing of the file is imported.
    Error,
}

/// What is wrong with a row, and what to do about it.
#[derive(Debug, Clone)]
pub struct ProductImportProblem(pub import::RowProblem);

/// What is wrong with a row of a file of products, and what to do about it.
#[Object]
impl ProductImportProblem {
    /// The row, as a spreadsheet counts: the header is row 1.
    async fn row(&self) -> i32 {
        int(i64::try_from(self.0.row).unwrap_or(i64::MAX))
    }

    /// The column, as the file names it. Null where the row as a whole is meant.
    async fn column(&self) -> Option<&str> {
        Some(self.0.column.as_str()).filter(|column| !column.is_empty())
    }

    /// The handle of the product that the row belongs to. Null where none is meant.
    async fn handle(&self) -> Option<&str> {
        Some(self.0.product.as_str()).filter(|handle| !handle.is_empty())
    }

    /// What it is, and what to do about it.
    async fn message(&self) -> Said {
        self.0.message.clone().into()
    }

    /// Whether it keeps the file from being imported.
    async fn severity(&self) -> ProductImportSeverity {
        self.0.severity.into()
    }
}

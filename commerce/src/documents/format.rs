//! Which files there are of a document.

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people. Of an invoice or a credit note it holds what programs read, too (Factur-X).
    Pdf,
    /// For programs: Cross Industry Invoice, as it is in the PDF.
    Cii,
    /// For programs: Universal Business Language.
    Ubl,
}

impl Format {
    /// As addresses name it.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Cii => "xml",
            Self::Ubl => "ubl.xml",
        }
    }
}

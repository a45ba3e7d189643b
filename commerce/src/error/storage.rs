//! What the storage beneath a database refuses: no fault of a statement, and nothing that trying again mends.

/// What is wrong with that to which the database writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageFailure {
    Full,
    Failing,
}

impl StorageFailure {
    /// In words that anybody may read.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Full => "its storage is full",
            Self::Failing => "its storage does not work",
        }
    }
}

/// By the code of a database's error. Those of SQLite are numbers of up to four digits, whose low byte says of what kind
/// it is; those of PostgreSQL have five characters.
pub(super) fn storage_failure(code: &str) -> Option<StorageFailure> {
    match code {
        "53100" => Some(StorageFailure::Full),
        "58030" => Some(StorageFailure::Failing),
        _ if code.len() == 5 => None,
        // SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN.
        _ => match code.parse::<u32>().ok()? & 0xff {
            13 => Some(StorageFailure::Full),
            8 | 10 | 14 => Some(StorageFailure::Failing),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_storage_refused_is_told_from_what_else_went_wrong() {
        // SQLite: full, failing (a sync, a write), a file that cannot be opened; busy, a constraint.
        let of = |code| storage_failure(code).map(StorageFailure::reason);
        assert_eq!(of("13"), Some("its storage is full"));
        for code in ["10", "1034", "778", "14", "8"] {
            assert_eq!(of(code), Some("its storage does not work"), "{code}");
        }
        // PostgreSQL: full, failing; codes that would be SQLite's if they were shorter; and what is no number.
        assert_eq!(
            (of("53100"), of("58030").is_some()),
            (Some("its storage is full"), true)
        );
        for code in ["5", "517", "2067", "23505", "40001", "57P01", "22018", ""] {
            assert_eq!(of(code), None, "{code}");
        }
    }
}

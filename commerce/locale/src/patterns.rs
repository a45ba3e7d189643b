//! Patterns of numbers (UTS 35) by locale, of data that is generated (`data/README.md`): what stands around the digits.

use std::{collections::HashMap, iter};

/// Stands for the digits.
const DIGITS: [char; 4] = ['#', '0', ',', '.'];

/// What stands before and behind the digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around {
    pub(crate) before: &'static str,
    pub(crate) behind: &'static str,
}

impl Around {
    /// Nothing for a pattern without digits.
    pub(crate) fn read(pattern: &'static str) -> Option<Self> {
        Some(Self {
            before: &pattern[..pattern.find(DIGITS)?],
            behind: &pattern[pattern.rfind(DIGITS)? + 1..],
        })
    }
}

/// The locale's own, or that of the next larger one: `de-BE` writes as `de`.
pub(crate) fn nearest<T: Copy>(table: &HashMap<&str, T>, tag: &str) -> Option<T> {
    let mut wider = iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(head, _)| head));
    wider.find_map(|tag| table.get(tag).copied())
}

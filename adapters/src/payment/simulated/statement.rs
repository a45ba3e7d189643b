//! The provider's books, a page at a time.

use chrono::{DateTime, SecondsFormat, Utc};
use vitrine_commerce::ports::payment::{ProviderError, StatementPage};

use super::{
    SimulatedProvider,
    charges::{self, ChargeRow},
};

const PAGE: usize = 100;

impl SimulatedProvider {
    pub(super) async fn page(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, ProviderError> {
        self.catch_up().await?;
        let after = cursor.map(read_cursor).transpose()?;
        let mut rows = charges::between(&self.db, since, until, after, PAGE as i64 + 1).await?;
        let is_last = rows.len() <= PAGE;
        rows.truncate(PAGE);
        Ok(StatementPage {
            next: rows.last().filter(|_| !is_last).map(write_cursor),
            charges: rows
                .iter()
                .map(|row| self.statement_line(row))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// After which charge the next page begins.
fn write_cursor(last: &ChargeRow) -> String {
    let time = last.created_at.to_rfc3339_opts(SecondsFormat::Micros, true);
    format!("{time}/{}", last.reference)
}

fn read_cursor(cursor: &str) -> Result<(DateTime<Utc>, String), ProviderError> {
    let refusal = || ProviderError::Rejected(format!("`{cursor}` is not a cursor of a statement"));
    let (time, reference) = cursor.split_once('/').ok_or_else(refusal)?;
    let time = DateTime::parse_from_rfc3339(time).map_err(|_| refusal())?;
    Ok((time.to_utc(), reference.to_owned()))
}

//! What production must not, and what deserves a warning.

use super::Problems;
use crate::config::{Config, DatabaseKind, Environment, SmtpSecurity, Store};

impl Config {
    /// What works, and is probably not meant.
    pub fn warnings(&self) -> Vec<String> {
        let production = self.environment == Environment::Production;
        let sharing = !production && self.redis.is_some();
        let in_clear = self
            .mail
            .smtp
            .as_ref()
            .is_some_and(|smtp| smtp.security == SmtpSecurity::None);
        let rules = [
            (
                production && !self.public_url().starts_with("https://"),
                "`http.public_url` is not https: shoppers' tokens travel in clear",
            ),
            (
                production && self.mail.smtp.is_none(),
                "`mail.smtp` is not set: mails are written into a folder and reach nobody",
            ),
            (
                production && in_clear,
                "`mail.smtp.security` is none: mails travel in clear",
            ),
            (
                sharing && self.database_kind() == DatabaseKind::Sqlite,
                "`redis` with SQLite: every process must be on this machine",
            ),
            (
                self.redis.is_some() && self.media.store == Store::Folder,
                "`redis` with `media.store` folder: every server and worker must see the same folder, else choose s3",
            ),
            (
                sharing && self.search.meilisearch.is_none(),
                "`redis` without `search.meilisearch`: each server has a search index of its own, in its memory",
            ),
            (
                self.backup.daily_at.is_some() && self.database_kind() == DatabaseKind::Postgres,
                "`backup.daily_at` with PostgreSQL, which its own tools back up: no copy is made (deploy/postgresql says how)",
            ),
        ];
        rules
            .into_iter()
            .filter(|(applies, _)| *applies)
            .map(|(_, text)| text)
            .chain(self.payment.warnings(production))
            .map(str::to_owned)
            .collect()
    }

    pub(super) fn check_production(&self, problems: &mut Problems) {
        problems.unless(
            self.auth.signing_secret.is_some(),
            "auth.signing_secret",
            "is not set, and this is production".to_owned(),
            "make one with `openssl rand -base64 48`, the same for every process",
        );
        self.payment.check_production(problems);
        self.media.check_production(problems);
        self.backup.check_production(problems);
        if self.redis.is_some() {
            problems.unless(
                self.database_kind() == DatabaseKind::Postgres,
                "database.url",
                "is SQLite, which processes on several machines cannot share".to_owned(),
                "use PostgreSQL, or remove `redis`",
            );
            problems.unless(
                self.search.meilisearch.is_some(),
                "search.meilisearch",
                "is not set, and an index in one process is not seen by the others".to_owned(),
                "set its url, or remove `redis`",
            );
        }
    }
}

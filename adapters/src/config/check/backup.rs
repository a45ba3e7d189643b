//! What no backup can be made by.

use super::{Problems, media::check_s3};
use crate::{backup::Keep, config::Backup};

impl Backup {
    pub(super) fn check(&self, problems: &mut Problems) {
        problems.unless(
            self.daily_at.is_none() || self.daily_at().is_some(),
            "backup.daily_at",
            "is no time of day".to_owned(),
            "write it in UTC, as in 02:30",
        );
        problems.unless(
            self.keep.parse::<Keep>().is_ok(),
            "backup.keep",
            "is no rule".to_owned(),
            "write how many days, weeks and months are kept, as in 7d,4w,12m",
        );
        if let Some(s3) = &self.s3 {
            check_s3(s3, "backup.s3.bucket", "backup.s3.endpoint", problems);
        }
    }

    pub(super) fn check_production(&self, problems: &mut Problems) {
        problems.unless(
            self.s3.as_ref().is_none_or(|s3| !s3.allow_http),
            "backup.s3.allow_http",
            "is set, and this is production: keys and customers' data would travel in clear".to_owned(),
            "remove it",
        );
    }
}

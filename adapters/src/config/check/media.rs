//! What no shop can keep its pictures by.

use super::{Problems, is_web};
use crate::config::{Media, S3, Store};

impl Media {
    pub(super) fn check(&self, problems: &mut Problems) {
        problems.unless(
            self.store == Store::Folder || self.s3.is_some(),
            "media.store",
            "is s3, and `media.s3` is not set".to_owned(),
            "name the bucket and its keys in [media.s3]",
        );
        problems.unless(
            self.base_url.as_deref().is_none_or(is_web),
            "media.base_url",
            "is not a web address".to_owned(),
            "begin it with https://",
        );
        for (key, value, max) in [
            ("media.max_megabytes", self.max_megabytes, 200),
            ("media.max_file_megabytes", self.max_file_megabytes, 2_000),
            ("media.max_megapixels", self.max_megapixels, 250),
            ("media.at_once", self.at_once as u64, 64),
        ] {
            problems.unless(
                (1..=max).contains(&value),
                key,
                format!("cannot be {value}"),
                "choose a positive number of ordinary size",
            );
        }
        if let Some(s3) = &self.s3 {
            check_s3(s3, "media.s3.bucket", "media.s3.endpoint", problems);
        }
    }

    pub(super) fn check_production(&self, problems: &mut Problems) {
        problems.unless(
            self.s3.as_ref().is_none_or(|s3| !s3.allow_http),
            "media.s3.allow_http",
            "is set, and this is production: keys and pictures would travel in clear".to_owned(),
            "remove it",
        );
        problems.unless(
            !self.import_from_inside,
            "media.import_from_inside",
            "is set, and this is production: whoever writes a product could read the inner network".to_owned(),
            "remove it",
        );
    }
}

/// What no store can be reached by.
pub(super) fn check_s3(s3: &S3, bucket: &'static str, endpoint_key: &'static str, problems: &mut Problems) {
    problems.unless(
        !s3.bucket.is_empty() && !s3.bucket.contains('/'),
        bucket,
        "is no bucket's name".to_owned(),
        "write the name alone",
    );
    let endpoint = s3.endpoint.as_deref();
    problems.unless(
        endpoint.is_none_or(is_web),
        endpoint_key,
        "is not a web address".to_owned(),
        "begin it with https://",
    );
    problems.unless(
        endpoint.is_none_or(|url| s3.allow_http || !url.starts_with("http://")),
        endpoint_key,
        "is not https".to_owned(),
        "begin it with https://, or set allow_http in development",
    );
}

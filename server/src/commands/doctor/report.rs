//! What was found, as it is printed.

use std::process::ExitCode;

use serde::Serialize;
use vitrine_adapters::config::Config;

use crate::commands::print;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    Ok,
    Warning,
    Wrong,
}

#[derive(Debug, Serialize)]
struct Finding {
    area: &'static str,
    verdict: Verdict,
    text: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

#[derive(Debug, Serialize)]
struct Whole<'a> {
    verdict: Verdict,
    findings: &'a [Finding],
}

/// Lines are printed as they come, JSON at the end.
pub(super) struct Report<'a> {
    config: &'a Config,
    json: bool,
    findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(super) fn new(config: &'a Config, json: bool) -> Self {
        Self {
            config,
            json,
            findings: Vec::new(),
        }
    }

    pub(super) fn ok(&mut self, area: &'static str, text: impl AsRef<str>) -> anyhow::Result<()> {
        self.add(area, Verdict::Ok, text.as_ref(), None)
    }

    /// What costs something, or may be meant.
    pub(super) fn warning(
        &mut self,
        area: &'static str,
        text: impl AsRef<str>,
        remedy: impl AsRef<str>,
    ) -> anyhow::Result<()> {
        self.add(area, Verdict::Warning, text.as_ref(), Some(remedy.as_ref()))
    }

    /// What keeps the shop from selling, or may lose or mistake something.
    pub(super) fn wrong(
        &mut self,
        area: &'static str,
        text: impl AsRef<str>,
        remedy: impl AsRef<str>,
    ) -> anyhow::Result<()> {
        self.add(area, Verdict::Wrong, text.as_ref(), Some(remedy.as_ref()))
    }

    fn add(&mut self, area: &'static str, verdict: Verdict, text: &str, remedy: Option<&str>) -> anyhow::Result<()> {
        // A provider's or a driver's message may repeat what it was given.
        let finding = Finding {
            area,
            verdict,
            text: self.config.without_secrets(text),
            remedy: remedy.map(|remedy| self.config.without_secrets(remedy)),
        };
        if !self.json {
            print::line(line(&finding))?;
        }
        self.findings.push(finding);
        Ok(())
    }

    pub(super) fn finish(self) -> anyhow::Result<ExitCode> {
        let verdict = self
            .findings
            .iter()
            .map(|finding| finding.verdict)
            .max()
            .unwrap_or(Verdict::Ok);
        if self.json {
            let whole = Whole {
                verdict,
                findings: &self.findings,
            };
            print::line(serde_json::to_string_pretty(&whole)?)?;
        } else {
            let count = |verdict| {
                self.findings
                    .iter()
                    .filter(|finding| finding.verdict == verdict)
                    .count()
            };
            let (wrong, warnings) = (count(Verdict::Wrong), count(Verdict::Warning));
            print::line(match (wrong, warnings) {
                (0, 0) => "All is well.".to_owned(),
                (0, _) => format!("The shop can sell; {warnings} warnings."),
                _ => format!("{wrong} wrong, {warnings} warnings."),
            })?;
        }
        Ok(match verdict {
            Verdict::Wrong => ExitCode::FAILURE,
            Verdict::Ok | Verdict::Warning => ExitCode::SUCCESS,
        })
    }
}

fn line(finding: &Finding) -> String {
    let Finding {
        area,
        verdict,
        text,
        remedy,
    } = finding;
    let verdict = match verdict {
        Verdict::Ok => "ok      ",
        Verdict::Warning => "warning ",
        Verdict::Wrong => "WRONG   ",
    };
    let text = text.trim_end_matches('.');
    match remedy {
        None => format!("{verdict} {area}: {text}"),
        Some(remedy) => format!("{verdict} {area}: {text}. To do: {remedy}"),
    }
}

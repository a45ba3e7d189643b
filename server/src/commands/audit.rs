//! `vitrine audit`.

use std::process::ExitCode;

use anyhow::bail;
use chrono::{DateTime, Utc};
use clap::Args;
use futures::{StreamExt, pin_mut};
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{
    Context, Error,
    staff::{AuditFilter, export_audit},
};
use vitrine_entity::ids::{AppId, StaffMemberId};

use super::print;

/// Prints the audit log as CSV, oldest first: what staff, apps and the command line did.
///
/// Times are RFC 3339, as in 2026-01-01T00:00:00Z. The same table is at /api/audit.csv.
#[derive(Debug, Args)]
pub(super) struct Audit {
    /// From this time on; by default from the beginning.
    #[arg(long, value_name = "TIME")]
    from: Option<DateTime<Utc>>,
    /// Before this time; by default until now.
    #[arg(long, value_name = "TIME")]
    to: Option<DateTime<Utc>>,
    /// Only what this member of staff did.
    #[arg(long, value_name = "ID")]
    staff_member: Option<StaffMemberId>,
    /// Only what this app did.
    #[arg(long, value_name = "ID")]
    app: Option<AppId>,
    /// Only this noun and verb, as in order.cancel, or all of a noun's.
    #[arg(long)]
    action: Option<String>,
    /// Only what was done to this.
    #[arg(long, value_name = "ID")]
    object: Option<String>,
}

impl Audit {
    pub(super) async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let filter = AuditFilter {
            staff_member: self.staff_member,
            app: self.app,
            action: self.action,
            object: self.object,
            since: self.from,
            until: self.to,
        };
        let pieces = match export_audit(booted.shop.clone(), &Context::system(&booted.shop, "audit"), filter) {
            Ok(pieces) => pieces,
            Err(refused @ Error::Refused(_)) => bail!("{refused}"),
            Err(fault) => return Err(fault.into()),
        };
        pin_mut!(pieces);
        while let Some(piece) = pieces.next().await {
            print::bytes(&piece?)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

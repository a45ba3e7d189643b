//! `/admin/withdrawals`: who withdraws from a contract, and what waits for a decision.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminWithdrawals, admin_withdrawals as document,
        admin_withdrawals::{WithdrawalJudgement, WithdrawalStatus},
    },
    problem::Problem,
    shown::value,
};

const STATUSES: [(&str, WithdrawalStatus); 3] = [
    ("RECEIVED", WithdrawalStatus::Received),
    ("ACCEPTED", WithdrawalStatus::Accepted),
    ("REFUSED", WithdrawalStatus::Refused),
];

const JUDGEMENTS: [(&str, WithdrawalJudgement); 4] = [
    ("IN_TIME", WithdrawalJudgement::InTime),
    ("LATE", WithdrawalJudgement::Late),
    ("NOT_ENTITLED", WithdrawalJudgement::NotEntitled),
    ("UNMATCHED", WithdrawalJudgement::Unmatched),
];

const ASKED: [&str; 2] = ["status", "judgement"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::WithdrawalWhere {
            judgements: asked.kind("judgement", &JUDGEMENTS).map(|judgement| vec![judgement]),
            order_id: None,
            statuses: asked.kind("status", &STATUSES).map(|status| vec![status]),
        }),
    };
    let data = staff.visit.ask(AdminWithdrawals, variables).await?;
    let withdrawals = data.withdrawals.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        withdrawals => value(withdrawals),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        judgements => value(&JUDGEMENTS.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/withdrawals/page.html", shown)
}

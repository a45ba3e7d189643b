//! Whether a code is right. Each is taken once, and guessing is bounded: a million codes and five guesses a quarter
//! of an hour are years.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use vitrine_entity::{
    ids::StaffMemberId,
    staff_recovery_code::{self, Column},
    staff_second_factor,
};

use super::{codes::generators, recovery};
use crate::{ErrorCode, Refusal, Result, Tx, language::messages};

/// Wrong codes in a row, and how long none is looked at after them.
const FAILURES_MAX: i32 = 5;
const BLOCKED_FOR: TimeDelta = TimeDelta::minutes(15);

/// Ours have eleven characters.
const LENGTH_MAX: usize = 32;

/// What became of a code. What it changed must be committed, right or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    Right,
    /// There is no second factor to prove.
    NotNeeded,
    /// None was given.
    Missing,
    Wrong,
    Blocked,
}

impl Proof {
    /// # Errors
    /// `SECOND_FACTOR_REQUIRED`, `WRONG_SECOND_FACTOR`, `TOO_MANY_ATTEMPTS`.
    pub(crate) fn refused(self) -> Result<()> {
        let (code, message) = match self {
            Self::Right | Self::NotNeeded => return Ok(()),
            Self::Missing => (ErrorCode::SecondFactorRequired, messages::second_factor_code_needed()),
            Self::Wrong => (ErrorCode::WrongSecondFactor, messages::second_factor_code_wrong()),
            Self::Blocked => (ErrorCode::TooManyAttempts, messages::second_factor_too_often()),
        };
        Err(Refusal::new(code, message).at(&["code"]).into())
    }
}

/// Looks at a code of a member's confirmed second factor, and uses it up.
pub(crate) async fn prove(tx: &Tx, member: StaffMemberId, code: Option<&str>) -> Result<Proof> {
    // Locked: of two who bring the same code at once, one is let in.
    let row = tx.lock::<staff_second_factor::Entity>(member).await?;
    let Some(row) = row.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(Proof::NotNeeded);
    };
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    match code {
        None => Ok(Proof::Missing),
        Some(code) => look_at(tx, row, code).await,
    }
}

/// As [`prove`], whether or not the factor was confirmed before.
pub(super) async fn look_at(tx: &Tx, row: staff_second_factor::Model, code: &str) -> Result<Proof> {
    let now = tx.shop().now();
    if row.blocked_until.is_some_and(|until| now < until) {
        return Ok(Proof::Blocked);
    }
    let step = step_of(tx, &row, code)?;
    let is_right = step.is_some() || use_recovery_code(tx, &row, code).await?;
    let failures = row.failures + 1;
    let row = match is_right {
        true => staff_second_factor::Model {
            last_step: step.unwrap_or(row.last_step),
            failures: 0,
            blocked_until: None,
            ..row
        },
        false if failures >= FAILURES_MAX => staff_second_factor::Model {
            failures: 0,
            blocked_until: Some(now + BLOCKED_FOR),
            ..row
        },
        false => staff_second_factor::Model { failures, ..row },
    };
    row.into_active_model().reset_all().update(tx.db()).await?;
    Ok(if is_right { Proof::Right } else { Proof::Wrong })
}

/// The time step of a code that the app shows now and that was not taken before.
fn step_of(tx: &Tx, row: &staff_second_factor::Model, code: &str) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).take(LENGTH_MAX).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(tx.shop().now().timestamp()).unwrap_or_default();
    for generator in generators(tx.shop(), row) {
        let step = generator?.check(&digits, seconds);
        let step = step.and_then(|step| i64::try_from(step).ok());
        if let Some(step) = step.filter(|step| *step > row.last_step) {
            return Ok(Some(step));
        }
    }
    Ok(None)
}

async fn use_recovery_code(tx: &Tx, row: &staff_second_factor::Model, code: &str) -> Result<bool> {
    if row.confirmed_at.is_none() || code.len() > LENGTH_MAX {
        return Ok(false);
    }
    let secrets = tx.shop().settings.signing_secrets();
    let hashes = secrets.map(|secret| recovery::hash(secret, code));
    let used = staff_recovery_code::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(tx.shop().now()))
        .filter(Column::StaffMemberId.eq(row.staff_member_id))
        .filter(Column::CodeHash.is_in(hashes))
        .filter(Column::UsedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(used.rows_affected == 1)
}

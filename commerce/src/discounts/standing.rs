//! How often the discounts that somebody may have are in use.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, FromQueryResult};
use vitrine_entity::{
    discount,
    ids::{DiscountCodeId, DiscountId},
};

use super::rules::Uses;
use crate::{Result, sql};

/// What the tables that change with every order say of a discount: by a code, where it was come by so.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Standing {
    pub(super) discount_id: DiscountId,
    pub(super) code_id: Option<DiscountCodeId>,
    pub(super) code: Option<String>,
    pub(super) code_active: Option<bool>,
    code_used: Option<i64>,
    used: i64,
    person_used: i64,
}

impl Standing {
    /// Of these codes, and of these discounts, for somebody known by `persons`: one statement, or none where there is
    /// nothing to ask.
    pub(super) async fn of(
        db: &impl ConnectionTrait,
        codes: &[String],
        limited: &HashSet<DiscountId>,
        persons: &[String],
    ) -> Result<Vec<Self>> {
        if codes.is_empty() && limited.is_empty() {
            return Ok(Vec::new());
        }
        let among = sql::among_parameter::<String>;
        let sql = format!(
            "select x.discount_id, x.code_id, x.code, x.code_active, x.code_used, t.used, \
             coalesce((select max(u.used) from discount_customer u where u.discount_id = x.discount_id \
             and u.person {}), 0) as person_used \
             from (select discount_id, id as code_id, code, active as code_active, used as code_used \
             from discount_code where code {} \
             union all select discount_id, null, null, null, null from discount_tally where discount_id {}) x \
             join discount_tally t on t.discount_id = x.discount_id",
            among(db, 2),
            among(db, 1),
            sql::among_parameter::<DiscountId>(db, 3)
        );
        let values = [
            sql::list(db, codes.iter().cloned()),
            sql::list(db, persons.iter().cloned()),
            sql::list(db, limited.iter().copied()),
        ];
        Ok(sql::all(db, &sql, values).await?)
    }

    /// Whether the discount may be used once more.
    pub(super) fn uses(&self, row: &discount::Model) -> Uses {
        let reached = |used: i64, limit: Option<i64>| limit.is_some_and(|limit| used >= limit);
        let code_used = self.code_used.unwrap_or(0);
        if reached(self.used, row.usage_limit) || reached(code_used, row.usage_limit_per_code) {
            Uses::UsedUp
        } else if reached(self.person_used, row.usage_limit_per_customer) {
            Uses::UsedByShopper
        } else {
            Uses::Left
        }
    }
}

/// By discount, of those that no code was typed for.
pub(super) fn without_code(standings: &[Standing]) -> HashMap<DiscountId, &Standing> {
    let automatic = standings.iter().filter(|standing| standing.code_id.is_none());
    automatic.map(|standing| (standing.discount_id, standing)).collect()
}

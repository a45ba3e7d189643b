use serde::Serialize;
use utoipa::{ToSchema, openapi::ObjectBuilder};
use vitrine_commerce::money::Currency;
use vitrine_entity::order_adjustment::{self, AdjustmentKind, AdjustmentTarget};

use super::{MoneyView, status, status_schema};

/// What was taken off an order, put on it or paid of it: a discount of all goods has an entry for each line.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Adjustment)]
pub(in crate::rest) struct AdjustmentView {
    #[schema(schema_with = adjustment_kind)]
    kind: String,
    #[schema(schema_with = adjustment_target)]
    target: String,
    /// The line whose price it changed; null for shipping and the total.
    line_id: Option<String>,
    /// How much: not negative, whichever way it goes.
    amount: MoneyView,
    /// What led to it, for programs.
    #[schema(example = "SUMMER20")]
    code: String,
    /// What led to it, for the shopper.
    #[schema(example = "20 % off in summer")]
    label: String,
}

impl AdjustmentView {
    pub(super) fn new(row: &order_adjustment::Model, currency: Currency) -> Self {
        Self {
            kind: status(&row.kind),
            target: status(&row.target),
            line_id: row.order_line_id.map(|id| id.to_string()),
            amount: MoneyView::new(row.amount_minor, currency),
            code: row.code.clone(),
            label: row.label.clone(),
        }
    }
}

fn adjustment_kind() -> ObjectBuilder {
    status_schema::<AdjustmentKind>(
        "`DISCOUNT`: taken off, before tax. `FEE`: put on. `CREDIT`: paid by a gift card or store credit; the total \
         stays.",
    )
}

fn adjustment_target() -> ObjectBuilder {
    status_schema::<AdjustmentTarget>(
        "`LINE`: one line. `GOODS`: all lines, of which this is one's part. `SHIPPING`: what shipping costs. `TOTAL`: \
         what is to be paid in all.",
    )
}

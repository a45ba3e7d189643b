//! What is sent of a return.

use std::str::FromStr;

use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vitrine_commerce::{
    ErrorCode, Refusal,
    returns::{Approve, Inspect, Inspected, Receive, Received, Refund, RefundUnits, Request, RequestLine},
};
use vitrine_entity::{
    ids::{OrderId, ReturnId},
    order_refund::RefundTo,
    order_return::ReturnResolution,
};

/// Which goods come back, and what is wanted for them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnRequest)]
pub(in crate::rest) struct RequestBody {
    /// Each line of the order once, at most 100.
    lines: Vec<RequestLineBody>,
    /// `REFUND`, `STORE_CREDIT` or `EXCHANGE`; `REFUND` where it is left out.
    #[schema(example = "REFUND")]
    resolution: Option<String>,
    /// What the shop should know.
    #[schema(max_length = 1000)]
    note: Option<String>,
}

/// Units of an order's line that come back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnRequestLine)]
struct RequestLineBody {
    /// The order's line.
    line_id: String,
    /// How many units.
    quantity: i32,
    /// Why: one of the reasons that a return's lines have.
    #[schema(example = "WRONG_SIZE")]
    reason: String,
    /// More about why.
    #[schema(max_length = 1000)]
    note: Option<String>,
}

/// How the goods of a return are sent.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnApproval)]
pub(in crate::rest) struct ApproveBody {
    /// The return's version that you saw: refuse to change any other.
    expected_version: Option<i64>,
    /// To which location; that of the shop's settings where it is left out.
    location_id: Option<String>,
    /// How; that of the shop's settings where it is left out.
    #[schema(max_length = 2000)]
    instructions: Option<String>,
    /// Where the shopper finds a label that the shop pays.
    label_url: Option<String>,
}

/// Why a return is refused.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnRefusal)]
pub(in crate::rest) struct RefuseBody {
    /// The return's version that you saw: refuse to change any other.
    pub(super) expected_version: Option<i64>,
    /// Shown to the shopper.
    #[schema(max_length = 500)]
    pub(super) reason: String,
}

/// What has come.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnReceipt)]
pub(in crate::rest) struct ReceiveBody {
    /// The return's version that you saw: refuse to change any other.
    expected_version: Option<i64>,
    /// What came of each line; all that was still to come where it is left out.
    lines: Option<Vec<UnitsBody>>,
}

/// Units of a return's line.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnUnits)]
struct UnitsBody {
    /// The return's line.
    line_id: String,
    /// How many units.
    quantity: i32,
}

/// What becomes of what came.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnInspection)]
pub(in crate::rest) struct InspectBody {
    /// The return's version that you saw: refuse to change any other.
    expected_version: Option<i64>,
    /// Where units are put back in stock; where they were sent where it is left out.
    location_id: Option<String>,
    /// What becomes of units of each line.
    lines: Vec<InspectLineBody>,
}

/// What becomes of units of a return's line.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnInspectionLine)]
struct InspectLineBody {
    /// The return's line.
    line_id: String,
    /// How many units are sold again.
    #[serde(default)]
    restock: i32,
    /// How many units are not.
    #[serde(default)]
    write_off: i32,
    /// Why they came back, where another reason is found than the shopper gave.
    #[schema(example = "DAMAGED")]
    reason: Option<String>,
}

/// For which units money goes back, and how.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnRefund)]
pub(in crate::rest) struct RefundBody {
    /// The return's version that you saw: refuse to change any other.
    expected_version: Option<i64>,
    /// Which units; all that came and were not paid back where it is left out.
    lines: Option<Vec<UnitsBody>>,
    /// `ORIGINAL` or `STORE_CREDIT`; as the shopper wished where it is left out.
    #[schema(example = "ORIGINAL")]
    to: Option<String>,
    /// What the shop keeps, a decimal in the order's currency; by its settings where it is left out.
    #[schema(example = "1.00")]
    fee: Option<String>,
    /// Whether what shipping cost goes back, too; by the shop's settings where it is left out.
    shipping: Option<bool>,
    /// Shown to the shopper.
    #[schema(max_length = 200)]
    reason: Option<String>,
}

/// Which version of a return somebody saw.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnVersion)]
pub(in crate::rest) struct VersionBody {
    /// The return's version that you saw: refuse to change any other.
    pub(super) expected_version: Option<i64>,
}

impl RequestBody {
    pub(super) fn read(self, order: OrderId, access_token: Option<String>, key: String) -> Result<Request, Refusal> {
        let line = |(index, line): (usize, RequestLineBody)| {
            Ok(RequestLine {
                line: of_line(&line.line_id, "line of this order", index)?,
                quantity: line.quantity,
                reason: named(&line.reason, &["lines", &index.to_string(), "reason"])?,
                note: line.note,
            })
        };
        let resolution = self.resolution.as_deref().map(|name| named(name, &["resolution"]));
        Ok(Request {
            order,
            access_token,
            lines: each(self.lines, line)?,
            resolution: resolution.transpose()?.unwrap_or(ReturnResolution::Refund),
            note: self.note,
            idempotency_key: key,
        })
    }
}

impl ApproveBody {
    pub(super) fn read(self, id: ReturnId) -> Result<Approve, Refusal> {
        Ok(Approve {
            id,
            expected_version: self.expected_version,
            location: location(self.location_id.as_deref())?,
            instructions: self.instructions,
            label_url: self.label_url,
        })
    }
}

impl ReceiveBody {
    pub(super) fn read(self, id: ReturnId) -> Result<Receive, Refusal> {
        let line = |(index, line): (usize, UnitsBody)| {
            Ok(Received {
                line: of_line(&line.line_id, "line of this return", index)?,
                quantity: line.quantity,
            })
        };
        Ok(Receive {
            id,
            expected_version: self.expected_version,
            lines: self.lines.map(|lines| each(lines, line)).transpose()?,
        })
    }
}

impl InspectBody {
    pub(super) fn read(self, id: ReturnId) -> Result<Inspect, Refusal> {
        let line = |(index, line): (usize, InspectLineBody)| {
            let reason = line.reason.as_deref();
            let path = ["lines", &index.to_string(), "reason"];
            Ok(Inspected {
                line: of_line(&line.line_id, "line of this return", index)?,
                restock: line.restock,
                write_off: line.write_off,
                reason: reason.map(|name| named(name, &path)).transpose()?,
            })
        };
        Ok(Inspect {
            id,
            expected_version: self.expected_version,
            location: location(self.location_id.as_deref())?,
            lines: each(self.lines, line)?,
        })
    }
}

impl RefundBody {
    pub(super) fn read(self, id: ReturnId, key: String) -> Result<Refund, Refusal> {
        let line = |(index, line): (usize, UnitsBody)| {
            Ok(RefundUnits {
                line: of_line(&line.line_id, "line of this return", index)?,
                quantity: line.quantity,
            })
        };
        let to: Option<Result<RefundTo, Refusal>> = self.to.as_deref().map(|name| named(name, &["to"]));
        Ok(Refund {
            id,
            expected_version: self.expected_version,
            lines: self.lines.map(|lines| each(lines, line)).transpose()?,
            to: to.transpose()?,
            fee: self.fee,
            shipping: self.shipping,
            reason: self.reason,
            idempotency_key: key,
        })
    }
}

fn each<I, T>(lines: Vec<I>, read: impl FnMut((usize, I)) -> Result<T, Refusal>) -> Result<Vec<T>, Refusal> {
    lines.into_iter().enumerate().map(read).collect()
}

/// An id that stands in one of the body's `lines`.
fn of_line<T: FromStr>(id: &str, what: &str, index: usize) -> Result<T, Refusal> {
    let missing = |_| Refusal::not_found(what).at(&["lines", &index.to_string(), "lineId"]);
    id.parse().map_err(missing)
}

fn location<T: FromStr>(id: Option<&str>) -> Result<Option<T>, Refusal> {
    let missing = |_| Refusal::not_found("location").at(&["locationId"]);
    id.map(|id| id.parse().map_err(missing)).transpose()
}

/// One of an enum's values, as the description has them.
fn named<E: ActiveEnum<Value = String>>(name: &str, field: &[&str]) -> Result<E, Refusal> {
    E::try_from_value(&name.to_owned()).map_err(|_| {
        let message = format!("There is no `{}` here.", name.escape_default());
        Refusal::new(ErrorCode::Invalid, message).at(field)
    })
}

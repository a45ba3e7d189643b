//! Tells staff of something that nothing was done about. The timeline's entry keeps what it is as a code with
//! its data; it is put in words where it is shown.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use vitrine_entity::{
    order,
    order_event::{self, OrderEventKind},
};

use super::transition;
use crate::{Result, Tx};

/// What staff must know of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub(crate) enum Alert {
    JobBuried {
        job: String,
    },
    #[serde(untagged)]
    Told {
        message: String,
    },
}

impl Alert {
    pub(super) fn words(&self) -> String {
        match self {
            Self::JobBuried { job } => format!(
                "The job `{job}` of this order has failed for good. Mend what it says under `jobs`, then revive it."
            ),
            Self::Told { message } => message.clone(),
        }
    }

    /// What an alert's entry says; one of an earlier version says it in a text of its own.
    pub(super) fn told_by(event: &order_event::Model) -> String {
        let words = serde_json::from_value(event.data.clone()).map(|alert: Self| alert.words());
        words.unwrap_or_else(|_| "Staff must look at this order.".to_owned())
    }

    /// The same code of the same things, whatever reason somebody outside gave for it; or the same text of
    /// an earlier version.
    fn is(&self, data: &Json, told: &Json) -> bool {
        let identity = |data: &Json| {
            let fields = data.as_object().cloned().unwrap_or_default();
            fields
                .into_iter()
                .filter(|(name, _)| name != "reason")
                .collect::<Vec<_>>()
        };
        identity(data) == identity(told) || told["message"] == self.words()
    }
}

impl From<&str> for Alert {
    fn from(message: &str) -> Self {
        Self::Told {
            message: message.to_owned(),
        }
    }
}

impl From<&String> for Alert {
    fn from(message: &String) -> Self {
        message.as_str().into()
    }
}

/// Writes an entry that only staff see into the order's timeline; once, however often it is met.
/// Gives the order with it.
pub(crate) async fn alert(tx: &Tx, order: order::Model, alert: impl Into<Alert>) -> Result<order::Model> {
    let alert = alert.into();
    let data = serde_json::to_value(&alert).expect("an alert is plain data and serializes");
    let told = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(order.id))
        .filter(order_event::Column::Kind.eq(OrderEventKind::Alert))
        .all(tx.db())
        .await?;
    if told.iter().any(|event| alert.is(&data, &event.data)) {
        return Ok(order);
    }
    tracing::error!(order = %order.id, alert = alert.words(), "staff must look at an order");
    transition::note(tx, &order, OrderEventKind::Alert, false, data).await
}

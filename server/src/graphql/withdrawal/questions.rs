use vitrine_commerce::withdrawals;
use vitrine_entity::{
    ids::{OrderId, WithdrawalId},
    order_return, withdrawal, withdrawal_event, withdrawal_line,
};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped, as the others here: whoever shows them asks whose order it is.
    WithdrawalsOfOrder(OrderId) -> Vec<withdrawal::Model> = withdrawals::of_orders;
    WithdrawalById(WithdrawalId) -> withdrawal::Model = withdrawals::by_ids;
    LinesOfWithdrawal(WithdrawalId) -> Vec<withdrawal_line::Model> = withdrawals::lines_of;
    EventsOfWithdrawal(WithdrawalId) -> Vec<withdrawal_event::Model> = withdrawals::events_of;
    ReturnsOfWithdrawal(WithdrawalId) -> Vec<order_return::Model> = withdrawals::returns_of;
}

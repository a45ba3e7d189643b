//! What a cart is refused for that is to become an order.

use vitrine_entity::ids::CompanyId;

use crate::{
    Context, Error, ErrorCode, Refusal, Result,
    cart::CartView,
    language::messages,
    money::Money,
    staff::{Permission, permission},
};

/// What somebody may not buy without a manager, and what a manager has approved for another company than it would be bought for.
/// Staff may write down what a company has ordered.
pub(super) fn refuse_unapproved(context: &Context, view: &CartView, approved_for: Option<CompanyId>) -> Result<()> {
    let company = view.company.as_ref().map(|company| company.id);
    let message = match approved_for {
        Some(approved_for) if company == Some(approved_for) => return Ok(()),
        Some(_) => messages::buys_for_another(),
        None if view.needs_approval && !permission::allowed(context, Permission::Orders) => messages::approval_needed(),
        None => return Ok(()),
    };
    Err(Refusal::new(ErrorCode::ApprovalNeeded, message).at(&["cartId"]).into())
}

pub(super) fn refuse_problems(view: &CartView) -> Result<()> {
    let refusals: Vec<_> = view.problems.iter().map(|problem| problem.refusal()).collect();
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(refusals))
    }
}

/// Whatever has changed since: a discount that has ended, a method that costs more, a tax.
pub(super) fn refuse_other_total(view: &CartView, agreed: Option<&str>) -> Result<()> {
    let total = Money::new(view.cost.total_minor, view.cost.currency);
    let Some(agreed) = agreed else { return Ok(()) };
    let agreed = Money::parse(agreed.trim(), view.cost.currency);
    let agreed = agreed.map_err(|error| Refusal::from(error).at(&["expectedTotal"]))?;
    if agreed == total {
        return Ok(());
    }
    let message = messages::total_changed(total, agreed);
    Err(Refusal::new(ErrorCode::PriceChanged, message)
        .at(&["expectedTotal"])
        .into())
}

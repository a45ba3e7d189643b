//! What a cart is refused for that is to become an order.

use vitrine_entity::ids::CompanyId;

use crate::{
    Context, Error, ErrorCode, Refusal, Result,
    cart::{CartView, speaks_for_customer},
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

/// Whoever has the link of a draft order pays it with what is theirs: that the company of its customer owes it, or that their store
/// credit pays, they say themselves, a manager who approves it, or staff.
pub(super) fn refuse_of_another(
    context: &Context,
    view: &CartView,
    is_on_account: bool,
    approved_for: Option<CompanyId>,
) -> Result<(), Refusal> {
    if approved_for.is_some() || speaks_for_customer(&view.cart, context) {
        return Ok(());
    }
    if is_on_account {
        let message = messages::on_account_not_offered();
        return Err(Refusal::new(ErrorCode::PaymentMethodUnknown, message).at(&["paymentMethod", "method"]));
    }
    match view.cart.credits.store_credit_seen_minor {
        Some(_) => Err(Refusal::new(ErrorCode::Unauthenticated, messages::store_credit_sign_in()).at(&["cartId"])),
        None => Ok(()),
    }
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

use async_graphql::{Context, Enum, SimpleObject};
use vitrine_commerce::{
    credit,
    staff::{Permission, permission},
};
use vitrine_entity::{credit_account, order, order_credit};

use crate::graphql::{
    cart::credit::CreditKind,
    credit::{gift_card::GiftCard, questions::CreditsOfOrder},
    shared::{ContextExt, Money, Result},
};

/// Where a refund of what a gift card or store credit has paid goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::credit::RefundsTo")]
pub enum CreditRefundsTo {
    /// Back to it.
    Account,
    /// To the store credit of the order's customer: the gift card is deactivated, and nobody could spend it there.
    StoreCredit,
    /// To a gift card that is deactivated, as a guest has no store credit: nobody can spend it until the card is active again
    /// (`giftCardActivate`).
    ShutCard,
}

/// What a gift card or store credit has paid of an order.
#[derive(Debug, SimpleObject)]
pub struct OrderCredit {
    /// Which of the two.
    pub kind: CreditKind,
    /// The last four characters of a gift card's code; null of store credit.
    pub last_four: Option<String>,
    /// What it paid.
    pub amount: Money,
    /// How much of that has gone back.
    pub returned: Money,
    /// The gift card; null of store credit. For staff with the permission `REFUNDS`.
    pub gift_card: Option<GiftCard>,
    /// Where what is paid back of it goes, as things stand now and unless it is to be store credit anyway: look before you refund,
    /// or cancel. For staff with the permission `REFUNDS`.
    pub refunds_to: Option<CreditRefundsTo>,
}

impl OrderCredit {
    pub async fn of(ctx: &Context<'_>, order: &order::Model) -> Result<Vec<Self>> {
        if order.credit_minor == 0 {
            return Ok(Vec::new());
        }
        let rows = ctx.load(CreditsOfOrder(order.id)).await?.unwrap_or_default();
        let for_staff = permission::allowed(ctx.caller(), Permission::Refunds);
        Ok(rows.into_iter().map(|row| Self::new(row, order, for_staff)).collect())
    }

    fn new(
        (paid, account): (order_credit::Model, credit_account::Model),
        order: &order::Model,
        for_staff: bool,
    ) -> Self {
        let currency = order.currency;
        let is_card = account.kind == credit_account::CreditKind::GiftCard;
        Self {
            refunds_to: for_staff.then(|| credit::refunds_to(order, &account).into()),
            gift_card: (for_staff && is_card).then(|| GiftCard(account.clone())),
            kind: account.kind.into(),
            last_four: account.last_four,
            amount: Money::new(paid.amount_minor, currency),
            returned: Money::new(paid.returned_minor, currency),
        }
    }
}

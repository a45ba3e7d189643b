//! A buyer asks for a manager's approval.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::{
    ids::{CartId, CompanyId, CustomerId, PurchaseRequestId},
    purchase_request::{self, PurchaseRequestState, RequestedLine, RequestedLines},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    cart::{self, CartLineView, CartRef, CartView},
    checkout::{refuse::refuse_problems, words},
    jobs::MailKind,
    language::messages,
    money::Money,
    notifications,
    payments::{self, PaymentMethod},
    sql, text,
};

pub(super) const NOTE_LENGTH_MAX: usize = 1_000;

/// How many managers are written to.
const MANAGERS_MAX: usize = 20;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    pub cart: CartId,
    /// The cart's version that the shopper saw when they agreed to its total.
    pub expected_cart_version: Option<i64>,
    /// By whom it is to be paid, of those who need no token: nobody types a card in for somebody else.
    pub payment_method: Option<String>,
    /// What the managers should know.
    pub note: Option<String>,
}

/// Asks the managers of the company that the customer buys for. From then on the cart takes no changes, until one of them has
/// answered or the request is withdrawn.
///
/// # Errors
/// Refuses whoever is not signed in as a customer, a cart that could not be ordered, one that needs no approval, and a company
/// in which nobody else may approve.
pub async fn ask(shop: &Shop, context: &Context, ask: Ask) -> Result<purchase_request::Model> {
    let Some(customer) = context.viewer.customer() else {
        return Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_orders()).into());
    };
    let note = &text::optional_paragraph(&["note"], ask.note.as_deref(), NOTE_LENGTH_MAX)?;
    let ask = &ask;
    shop.transact(context, |tx| async move {
        let id = PurchaseRequestId(tx.shop().new_id());
        let seen = CartRef {
            id: ask.cart,
            expected_version: ask.expected_cart_version,
        };
        let (row, lines) = cart::hold(&tx, seen, id).await?;
        let mut view = cart::assemble_of(tx.shop(), tx.context(), tx.db(), row, lines).await?;
        refuse_problems(&view)?;
        words::translate(&tx, &mut view).await?;
        refuse_unpayable(tx.shop(), &view, ask.payment_method.as_deref())?;
        let company = view.company.as_ref().filter(|_| view.needs_approval);
        let company =
            company.ok_or_else(|| Refusal::new(ErrorCode::Invalid, messages::approval_not_needed()).at(&["cartId"]))?;
        let managers = managers_beside(&tx, company.id, customer).await?;
        if managers.is_empty() {
            return Err(Refusal::new(ErrorCode::Invalid, messages::nobody_approves())
                .at(&["cartId"])
                .into());
        }
        let row = purchase_request::Model {
            id,
            company_id: company.id,
            customer_id: customer,
            cart_id: view.cart.id,
            cart_version: view.cart.version,
            payment_method: ask.payment_method.clone(),
            state: PurchaseRequestState::Open,
            currency: view.cart.currency,
            total_minor: view.cost.total_minor,
            lines: RequestedLines(view.lines.iter().map(requested).collect()),
            purchase_order_number: view.cart.purchase_order_number.clone(),
            note: note.clone(),
            answer: None,
            decided_by: None,
            order_id: None,
            created_at: tx.shop().now(),
            decided_at: None,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        for manager in managers {
            let mail = MailKind::PurchaseRequested { request: id, manager };
            notifications::send(&tx, None, mail);
        }
        Ok(row)
    })
    .await
}

/// What could not be paid so is told to whoever asks, and not to whoever approves.
fn refuse_unpayable(shop: &Shop, view: &CartView, provider: Option<&str>) -> Result<(), Refusal> {
    let due = Money::new(view.cost.total_minor - view.cost.credit_minor, view.cost.currency);
    if due.minor == 0 {
        return Ok(());
    }
    let method = PaymentMethod {
        provider: provider.map(str::to_owned),
        ..PaymentMethod::default()
    };
    let named = provider.unwrap_or(&shop.settings.payment_provider);
    if shop
        .payment_providers
        .get(named)
        .is_some_and(|known| known.offer().needs_token)
    {
        let message = messages::approval_without_card();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["paymentMethod"]));
    }
    payments::choose_for_order(shop, &method, due)
        .map(|_| ())
        .map_err(|refusal| refusal.at(&["paymentMethod"]))
}

fn requested(line: &CartLineView) -> RequestedLine {
    RequestedLine {
        sku: line.variant.sku.clone(),
        title: line.title(),
        quantity: line.line.quantity,
        unit_price_minor: line.unit_price.minor,
        total_minor: line.total.minor,
    }
}

async fn managers_beside(tx: &Tx, company: CompanyId, customer: CustomerId) -> Result<Vec<CustomerId>> {
    let managers = format!(
        "select customer_id from company_buyer where company_id = $1 and role = 'MANAGER' and customer_id <> $2 \
         order by customer_id limit {MANAGERS_MAX}"
    );
    Ok(sql::column(tx.db(), &managers, [company.into(), customer.into()]).await?)
}

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    cart::{CartView, speaks_for_customer},
    checkout::{approval, drafts},
    companies::account,
    delivery::tax::treatment::note,
    orders,
};

use super::{
    adjustment::{Adjustment, of_cart},
    cost::CartCost,
    credit::CartCredit,
    discount::{CartDiscountCode, DiscountOffer},
    line::CartLine,
    problem::CartProblem,
    shipping_option::ShippingOption,
};
use crate::{
    graphql::{
        company::{account::OnAccount, object::Company, request::PurchaseRequest},
        draft_order::{decided::CartDraft, object::DraftOrder},
        order::object::Order,
        shared::{self, Attribute, ContextExt, CountryCode, CurrencyCode, MailingAddress, Said, int},
        tax::treatment::{TaxId, TaxTreatment},
    },
    ids,
};

/// A basket, priced by the shop at every read. Whoever holds a guest cart's id may read and
/// change it, so keep it as you would a password; a customer's cart is theirs alone.
#[derive(Debug, Clone)]
pub struct Cart(pub CartView);

/// A basket, priced by the shop at every read. Whoever holds a guest cart's id may read and
/// change it, so keep it as you would a password; a customer's cart is theirs alone.
#[Object]
impl Cart {
    /// Names the cart. Unguessable.
    pub async fn id(&self) -> ID {
        ids::public(self.0.cart.id)
    }

    /// Grows with every change. Drop an answer whose version is lower than the one you have seen;
    /// send it as `expectedVersion` to be refused rather than to change what you have not seen.
    async fn version(&self) -> i32 {
        int(self.0.cart.version)
    }

    /// What all its amounts are in.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.cart.currency.code().to_owned())
    }

    /// Where the shopper is; its taxes are shown while there is no address. Null in carts of earlier versions, which
    /// are where the request is.
    async fn country_code(&self) -> Option<CountryCode> {
        self.0.cart.country.clone().map(CountryCode)
    }

    /// Where the order's mails will go.
    async fn email(&self) -> Option<&str> {
        self.0.cart.email.as_deref()
    }

    /// The language of the cart and of its order's mails (BCP 47): the one that was asked for or, where the shop has not
    /// that one, the nearest of `shop.locales`.
    async fn locale(&self) -> &str {
        &self.0.cart.locale
    }

    /// What the front end has noted of it, in the order in which it was given.
    async fn attributes(&self) -> Vec<Attribute> {
        self.0.cart.attributes.0.iter().cloned().map(Attribute::from).collect()
    }

    /// What is written to whoever is given the goods.
    async fn gift_message(&self) -> Option<&str> {
        self.0.cart.gift_message.as_deref()
    }

    /// The VAT number by which a business buys.
    async fn tax_id(&self, ctx: &Context<'_>) -> Option<TaxId> {
        self.0.cart.tax_id.as_ref().map(|tax_id| TaxId::new(ctx.shop(), tax_id))
    }

    /// Whether a VAT number may say anything of it: its goods or its bill go to the European Union or to Northern Ireland,
    /// or it has one already. For other carts there is no need to ask.
    async fn takes_tax_id(&self) -> bool {
        self.0.takes_tax_id()
    }

    /// Why its taxes are what they are.
    async fn tax_treatment(&self) -> TaxTreatment {
        self.0.treatment.into()
    }

    /// What an invoice says of it where no tax is due, as in `Reverse charge: …`.
    async fn tax_note(&self) -> Option<Said> {
        note(self.0.treatment).map(Said)
    }

    /// Whether anything of it is sent. Where nothing is, it needs neither a shipping address nor a shipping method; an
    /// empty cart may yet.
    async fn requires_shipping(&self) -> bool {
        self.0.is_sent
    }

    /// What the shopper wants the shop to know.
    async fn note(&self) -> Option<&str> {
        self.0.cart.note.as_deref()
    }

    /// Where the goods go.
    async fn shipping_address(&self) -> Option<MailingAddress> {
        self.0.cart.shipping_address.clone().map(MailingAddress::from)
    }

    /// Where the bill goes; null means to the shipping address.
    async fn billing_address(&self) -> Option<MailingAddress> {
        self.0.cart.billing_address.clone().map(MailingAddress::from)
    }

    /// What is in it, in the order in which it was added. At most 100 lines.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self) -> Vec<CartLine> {
        self.0.lines.iter().cloned().map(CartLine).collect()
    }

    /// How many units it holds in all.
    async fn total_quantity(&self) -> i32 {
        int(self.0.lines.iter().map(|line| i64::from(line.line.quantity)).sum())
    }

    /// What it costs.
    async fn cost(&self) -> CartCost {
        CartCost::new(self.0.cost.clone(), &self.0.tax_country)
    }

    /// The gift cards and the store credit that pay it, in the order in which they do.
    async fn credits(&self) -> Vec<CartCredit> {
        self.0.credits.iter().map(CartCredit::from).collect()
    }

    /// What was taken off and put on, in the order in which it applies: each discount once, with what it takes off of which
    /// line.
    async fn adjustments(&self) -> Vec<Adjustment> {
        of_cart(&self.0)
    }

    /// The codes of discounts that the shopper typed, and what they come to.
    async fn discount_codes(&self) -> Vec<CartDiscountCode> {
        self.0.discount_codes.iter().map(CartDiscountCode::from).collect()
    }

    /// Discounts that would apply by themselves with a little more in the cart: show what is missing.
    async fn discount_offers(&self) -> Vec<DiscountOffer> {
        self.0.discount_offers.iter().map(DiscountOffer::from).collect()
    }

    /// What reaches the shipping address, cheapest position first. As long as there is none, the ways to pick the goods
    /// up: whoever chooses one needs no address.
    async fn shipping_methods(&self) -> Vec<ShippingOption> {
        self.0
            .shipping_methods
            .iter()
            .cloned()
            .map(ShippingOption::from)
            .collect()
    }

    /// The method that was chosen.
    async fn selected_shipping_method(&self) -> Option<ShippingOption> {
        self.0
            .shipping_methods
            .iter()
            .find(|option| option.selected)
            .cloned()
            .map(ShippingOption::from)
    }

    /// For which company its customer buys, who says so by `customerCompanySelect`: it has the company's prices, and where
    /// it has no VAT number or billing address of its own, the company's. Null for what somebody buys for themselves.
    async fn company(&self) -> Option<Company> {
        self.0.company.clone().map(Company)
    }

    /// By which number that company knows the purchase.
    async fn purchase_order_number(&self) -> Option<&str> {
        self.0.cart.purchase_order_number.as_deref()
    }

    /// Whether a manager of the company has to approve it: `orderPlace` refuses it, ask by `purchaseRequestCreate`.
    async fn needs_approval(&self) -> bool {
        self.0.needs_approval
    }

    /// What a manager is asked to approve at present: until that is answered, or taken back, the cart takes no changes.
    #[graphql(complexity = "5 + child_complexity")]
    async fn purchase_request(&self, ctx: &Context<'_>) -> shared::Result<Option<PurchaseRequest>> {
        let Some(id) = self.0.cart.purchase_request_id else {
            return Ok(None);
        };
        let found = approval::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(PurchaseRequest))
    }

    /// What staff decided of it, where they put it together for somebody: its lines, codes and currency they alone change, its
    /// lines cost what was agreed, and it may be paid until it expires. Null for every other cart.
    #[graphql(complexity = "5 + child_complexity")]
    async fn draft(&self, ctx: &Context<'_>) -> shared::Result<Option<CartDraft>> {
        let Some(draft) = &self.0.cart.draft else {
            return Ok(None);
        };
        let order = drafts::of_cart(ctx.shop(), &self.0.cart).await?.map(DraftOrder);
        Ok(Some(CartDraft::of(draft, order, self.0.cart.currency)))
    }

    /// What the company may buy on account; null where it may not, or not in the cart's currency, and for whoever merely has the
    /// link of a draft order.
    async fn on_account(&self, ctx: &Context<'_>) -> Option<OnAccount> {
        let (shop, company) = (ctx.shop(), self.0.company.as_ref()?);
        let is_offered =
            shop.payment_providers.contains_key(account::METHOD) && speaks_for_customer(&self.0.cart, ctx.caller());
        let credit = account::credit(shop, company).filter(|_| is_offered)?;
        Some(credit)
            .filter(|credit| credit.left.currency == self.0.cart.currency)
            .map(OnAccount::from)
    }

    /// What the shopper must see or mend before ordering: sold out, price changed, address
    /// needed. Computed at every read.
    async fn problems(&self) -> Vec<CartProblem> {
        self.0.problems.iter().cloned().map(CartProblem).collect()
    }

    /// Whether `orderPlace` would accept it as it stands: it has no problems, and nobody has to approve it.
    async fn ready_to_place(&self) -> bool {
        let is_free = self.0.cart.order_id.is_none() && self.0.cart.purchase_request_id.is_none();
        is_free && self.0.problems.is_empty() && !self.0.needs_approval
    }

    /// The order that it became, for a caller who may see that order without an access token. A
    /// cart with an order takes no more changes.
    #[graphql(complexity = "5 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        let Some(id) = self.0.cart.order_id else {
            return Ok(None);
        };
        Ok(orders::find(ctx.shop(), ctx.caller(), id, None).await?.map(Order))
    }

    /// Whether it has become an order and takes no more changes.
    async fn completed(&self) -> bool {
        self.0.cart.order_id.is_some()
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.cart.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.cart.updated_at
    }
}

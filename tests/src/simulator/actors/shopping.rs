//! Shoppers fill their carts.

use rand::Rng;
use vitrine_commerce::{
    Context, Error, Result, Shop, Viewer,
    address::AddressInput,
    cart::{self, CartCreate, CartRef, CartView, LineInput, LineUpdate},
};
use vitrine_entity::ids::CartId;

use crate::simulator::{
    model::{Cart, Model, short},
    operation::{Learned, Operation},
    template::CODE,
    world::World,
};

impl World {
    pub(super) async fn shopper_acts(&mut self) {
        let who = self.dice.random_range(0..self.model.shoppers.len());
        let shopper = &self.model.shoppers[who];
        let (has_order, placing) = (!shopper.orders.is_empty(), shopper.placing);
        if has_order && self.chance(30) {
            return self.shopper_looks_after_order(who).await;
        }
        if let Some(placement) = placing {
            return self.place(who, placement).await;
        }
        match self.model.shoppers[who].cart.clone() {
            None if !self.model.links.is_empty() && self.chance(40) => self.open_a_link(who).await,
            None => self.begin_cart(who).await,
            Some(cart) if !cart.known => self.look_at_cart(who, &cart).await,
            Some(_) if self.chance(5) => self.model.shoppers[who].cart = None,
            Some(cart) if !cart.ready => self.check_out(who, &cart).await,
            Some(cart) if self.chance(15) => self.change_cart(who, &cart).await,
            Some(cart) if self.chance(20) => self.pay_by_credit(who, &cart).await,
            Some(cart) => self.begin_placing(who, cart).await,
        }
    }

    pub(super) fn viewer(&self, who: usize) -> Viewer {
        self.model.shoppers[who]
            .customer
            .map_or(Viewer::Guest, Viewer::Customer)
    }

    async fn begin_cart(&mut self, who: usize) {
        let mut lines = Vec::new();
        for good in &self.template.goods {
            if self.dice.random_range(0..100) < 35 {
                let quantity = self.dice.random_range(1..=2);
                lines.push(LineInput {
                    variant: good.variant,
                    quantity,
                    attributes: None,
                });
            }
        }
        let email = match self.model.shoppers[who].customer {
            Some(_) => format!("customer{who}@example.com"),
            None => format!("guest{who}@example.com"),
        };
        let input = CartCreate {
            lines,
            email: Some(email),
            ..CartCreate::default()
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let running = async move { seen(who, cart::create(&shop, &context, input).await) };
        let operation = Operation::plain(format!("shopper {who} begins a cart"), self.server(), running);
        self.perform(operation).await;
    }

    /// Somebody is to pay what staff put together; others may have the link, too.
    async fn open_a_link(&mut self, who: usize) {
        let links = &self.model.links;
        let cart = Cart::behind_a_link(links[self.dice.random_range(0..links.len())]);
        self.look_at_cart(who, &cart).await;
    }

    async fn check_out(&mut self, who: usize, cart: &Cart) {
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        if cart.of_staff {
            let id = cart.id;
            let running = async move { seen(who, check_out_draft(&shop, &context, id).await) };
            return self.change(who, "checks out", cart, running).await;
        }
        let (id, empty) = (cart.id, cart.lines.is_empty());
        let goods = &self.template.goods;
        let variant = goods[self.dice.random_range(0..goods.len())].variant;
        let code = self.chance(40).then_some(CODE);
        let running = async move {
            seen(
                who,
                check_out(&shop, &context, id, empty.then_some(variant), code).await,
            )
        };
        self.change(who, "checks out", cart, running).await;
    }

    async fn change_cart(&mut self, who: usize, cart: &Cart) {
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let seen_cart = CartRef {
            id: cart.id,
            expected_version: self.chance(50).then_some(cart.version),
        };
        let goods = &self.template.goods;
        let variant = goods[self.dice.random_range(0..goods.len())].variant;
        let line = LineInput {
            variant,
            quantity: 1,
            attributes: None,
        };
        let running = async move { seen(who, cart::add_lines(&shop, &context, seen_cart, vec![line]).await) };
        self.change(who, "adds a line", cart, running).await;
    }

    /// By a gift card that others know, too, or by their store credit.
    async fn pay_by_credit(&mut self, who: usize, cart: &Cart) {
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let seen_cart = CartRef {
            id: cart.id,
            expected_version: None,
        };
        let codes = &self.template.codes;
        let code = codes[self.dice.random_range(0..codes.len())].clone();
        let by_own = self.model.shoppers[who].customer.is_some() && self.chance(50);
        let running = async move {
            let paid = match by_own {
                true => cart::use_store_credit(&shop, &context, seen_cart, true).await,
                false => cart::add_gift_card(&shop, &context, seen_cart, &code).await,
            };
            seen(who, paid)
        };
        self.change(who, "pays by credit for", cart, running).await;
    }

    async fn look_at_cart(&mut self, who: usize, cart: &Cart) {
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let id = cart.id;
        let running = async move {
            match cart::view(&shop, &context, id).await {
                Ok(Some(view)) if view.cart.order_id.is_none() => seen(who, Ok(view)),
                Ok(_) => Box::new(move |model: &mut Model| {
                    model.shoppers[who].cart = None;
                    model.links.retain(|link| *link != id);
                    "it is gone".to_owned()
                }) as Learned,
                Err(error) => seen(who, Err(error)),
            }
        };
        self.change(who, "looks at", cart, running).await;
    }

    async fn change(
        &mut self,
        who: usize,
        what: &str,
        cart: &Cart,
        running: impl Future<Output = Learned> + Send + 'static,
    ) {
        let silence: Learned = Box::new(move |model| {
            if let Some(cart) = &mut model.shoppers[who].cart {
                cart.known = false;
            }
            String::new()
        });
        let what = format!("shopper {who} {what} cart {}", short(cart.id));
        let operation = Operation::new(what, self.server(), running, silence);
        self.perform(operation).await;
    }
}

/// Mends what stands between the cart and an order.
async fn check_out(
    shop: &Shop,
    context: &Context,
    id: CartId,
    add: Option<vitrine_entity::ids::VariantId>,
    code: Option<&str>,
) -> Result<CartView> {
    let cart = CartRef {
        id,
        expected_version: None,
    };
    if let Some(variant) = add {
        cart::add_lines(
            shop,
            context,
            cart,
            vec![LineInput {
                variant,
                quantity: 1,
                attributes: None,
            }],
        )
        .await?;
    }
    let view = cart::set_addresses(shop, context, cart, Some(address()), None).await?;
    let view = match view.shipping_methods.first() {
        Some(option) if !option.selected => cart::select_shipping_method(shop, context, cart, option.method.id).await?,
        _ => view,
    };
    let too_many: Vec<_> = view
        .lines
        .iter()
        .filter(|line| line.availability.to_be_had() < i64::from(line.line.quantity))
        .map(|line| LineUpdate {
            line: line.line.id,
            quantity: i32::try_from(line.availability.to_be_had().max(0)).unwrap_or_default(),
            attributes: None,
        })
        .collect();
    if !too_many.is_empty() {
        cart::update_lines(shop, context, cart, too_many).await?;
    }
    if let Some(code) = code {
        match cart::add_codes(shop, context, cart, &[code.to_owned()]).await {
            // It is used up.
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    cart::accept_prices(shop, context, cart).await?;
    let view = cart::accept_credits(shop, context, cart).await?;
    let in_the_way = view.discount_codes.iter().filter(|code| code.is_in_the_way());
    let in_the_way: Vec<_> = in_the_way.map(|code| code.code.clone()).collect();
    match in_the_way.is_empty() {
        true => Ok(view),
        false => {
            cart::remove_codes(shop, context, cart, &in_the_way).await?;
            cart::accept_credits(shop, context, cart).await
        }
    }
}

/// What staff put together wants no more than an address and a way to ship it, where they left that to the shopper.
async fn check_out_draft(shop: &Shop, context: &Context, id: CartId) -> Result<CartView> {
    let cart = CartRef {
        id,
        expected_version: None,
    };
    let view = cart::set_addresses(shop, context, cart, Some(address()), None).await?;
    match view.shipping_methods.first() {
        Some(option) if !option.selected => {
            cart::select_shipping_method(shop, context, cart, option.method.id).await?;
        }
        _ => {}
    }
    cart::accept_credits(shop, context, cart).await
}

pub(super) fn address() -> AddressInput {
    AddressInput {
        name: "Ada Lovelace".to_owned(),
        line1: "Unter den Linden 1".to_owned(),
        city: "Berlin".to_owned(),
        postal_code: "10117".to_owned(),
        country: "DE".to_owned(),
        ..AddressInput::default()
    }
}

/// What a shopper learns of their cart.
fn seen(who: usize, answer: Result<CartView>) -> Learned {
    Box::new(move |model| match answer {
        Ok(view) => {
            let cart = memory_of(&view);
            let told = format!(
                "cart {} v{} of {} lines, {} in all{}",
                short(cart.id),
                cart.version,
                cart.lines.len(),
                cart.total_minor,
                if cart.ready { ", ready" } else { "" }
            );
            model.shoppers[who].cart = Some(cart);
            told
        }
        Err(error) => {
            let (_, told) = model.hear("a change of a cart", &error);
            if let Some(cart) = &mut model.shoppers[who].cart {
                cart.known = false;
            }
            told
        }
    })
}

fn memory_of(view: &CartView) -> Cart {
    let lines = view.lines.iter();
    Cart {
        id: view.cart.id,
        version: view.cart.version,
        lines: lines
            .map(|line| (line.variant.id, line.line.quantity, line.unit_price.minor))
            .collect(),
        total_minor: view.cost.total_minor,
        ready: view.problems.is_empty(),
        known: true,
        of_staff: view.cart.draft.is_some(),
    }
}

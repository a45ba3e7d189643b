//! What the tests of several providers begin with.

use uuid::Uuid;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::Charge,
};
use vitrine_entity::ids::PaymentId;

pub(super) const PAYMENT: PaymentId = PaymentId(Uuid::from_u128(7));

/// What our shop is called.
pub(super) const SHOP: &str = "inst_1";

/// Of a provider that takes no token.
pub(super) fn a_charge() -> Charge {
    Charge {
        payment: PAYMENT,
        key: PAYMENT.to_string(),
        order_number: "V-1001".to_owned(),
        amount: Money::new(4999, Currency::EUR),
        tax_basis_points: 1900,
        country: "DE".to_owned(),
        locale: "de".to_owned(),
        method_token: String::new(),
        capture: true,
        return_url: "https://shop.example.com/orders/1".to_owned(),
        customer: None,
        saves_method: false,
        approved: None,
    }
}

use async_graphql::{ID, Interface};

use crate::graphql::{
    cart::object::Cart, category::object::Category, collection::object::Collection, customer::object::Customer,
    media::object::Media, order::object::Order, product::object::Product, staff::object::StaffMember,
    variant::object::ProductVariant,
};

/// An object with an id, which `node` finds again.
#[derive(Debug, Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Names the object for ever. Opaque: its prefix tells the kind to people who read logs."
))]
pub enum Node {
    Cart(Box<Cart>),
    Category(Category),
    Collection(Collection),
    Customer(Customer),
    Media(Media),
    Order(Box<Order>),
    Product(Box<Product>),
    ProductVariant(Box<ProductVariant>),
    StaffMember(StaffMember),
}

use async_graphql::{ID, Interface};

use crate::graphql::{
    cart::object::Cart,
    category::object::Category,
    collection::object::Collection,
    customer::{address::CustomerAddress, object::Customer},
    discount::object::Discount,
    location::object::Location,
    media::object::Media,
    order::object::Order,
    page::object::Page,
    product::object::Product,
    staff::object::StaffMember,
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
    CustomerAddress(CustomerAddress),
    Discount(Box<Discount>),
    Media(Media),
    Location(Box<Location>),
    Order(Box<Order>),
    Page(Box<Page>),
    Product(Box<Product>),
    ProductVariant(Box<ProductVariant>),
    StaffMember(Box<StaffMember>),
}

use async_graphql::{Context, ID, Object};
use futures::future::try_join_all;
use vitrine_commerce::{
    ErrorCode, Refusal, Viewer, cart,
    catalog::{categories, collections, find, sold_there},
    content::page,
    customers::{self, addresses},
    discounts, locations, media, orders,
    staff::{Permission, members, permission},
};
use vitrine_entity::ids::{
    CartId, CategoryId, CollectionId, CustomerAddressId, CustomerId, DiscountId, LocationId, MediaId, OrderId, PageId,
    ProductId, StaffMemberId, VariantId,
};

use super::interface::Node;
use crate::{
    graphql::{
        cart::object::Cart,
        category::object::Category,
        collection::object::Collection,
        customer::{address::CustomerAddress, object::Customer},
        discount::object::Discount,
        location::object::Location,
        media::object::Media,
        order::object::Order,
        page::object::Page,
        product::{object::Product, questions::ProductById},
        shared::{ContextExt, Result},
        staff::object::StaffMember,
        variant::object::ProductVariant,
    },
    ids::find as id,
};

/// The most ids of one `nodes`.
const NODES_MAX: usize = 100;

#[derive(Debug, Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Finds any object again by its id. Null if there is none, or if it is not yours to see.
    #[graphql(complexity = "1 + child_complexity")]
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "The object's id.")] id: ID) -> Result<Option<Node>> {
        find_node(ctx, &id).await
    }

    /// Finds several objects again, each null where `node` would be, in the order of their ids.
    #[graphql(complexity = "1 + ids.len().min(NODES_MAX) * child_complexity")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The objects' ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node>>>> {
        if ids.len() > NODES_MAX {
            let message = format!("At most {NODES_MAX} nodes can be asked for at once.");
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["ids"]).into());
        }
        Ok(Some(try_join_all(ids.iter().map(|id| find_node(ctx, id))).await?))
    }
}

async fn find_node(ctx: &Context<'_>, text: &str) -> Result<Option<Node>> {
    let (shop, caller) = (ctx.shop(), ctx.caller());
    let kind = text.split_once('_').map_or("", |(kind, _)| kind);
    Ok(match kind {
        CartId::PREFIX => match id::<CartId>(text) {
            Some(id) => cart::view(shop, caller, id)
                .await?
                .map(|view| Node::Cart(Box::new(Cart(view)))),
            None => None,
        },
        CategoryId::PREFIX => match id::<CategoryId>(text) {
            Some(id) => categories::by_id(shop, id)
                .await?
                .map(|row| Node::Category(Category(row))),
            None => None,
        },
        CollectionId::PREFIX => match id::<CollectionId>(text) {
            Some(id) => collections::by_id(shop, caller, id)
                .await?
                .map(|row| Node::Collection(Collection(row))),
            None => None,
        },
        MediaId::PREFIX => match id::<MediaId>(text) {
            Some(id) => media::one(shop, caller, id).await?.map(|row| Node::Media(Media(row))),
            None => None,
        },
        LocationId::PREFIX => match id::<LocationId>(text) {
            Some(id) => locations::by_id(shop, caller, id)
                .await?
                .map(|row| Node::Location(Box::new(Location(row)))),
            None => None,
        },
        DiscountId::PREFIX => match id::<DiscountId>(text) {
            Some(id) => discounts::by_id(shop, caller, id)
                .await?
                .map(|row| Node::Discount(Box::new(Discount(row)))),
            None => None,
        },
        OrderId::PREFIX => match id::<OrderId>(text) {
            Some(id) => orders::find(shop, caller, id, None)
                .await?
                .map(|row| Node::Order(Box::new(Order(row)))),
            None => None,
        },
        PageId::PREFIX => match id::<PageId>(text) {
            Some(id) => page::by_id(shop, caller, id)
                .await?
                .map(|view| Node::Page(Box::new(Page(view)))),
            None => None,
        },
        ProductId::PREFIX => match id::<ProductId>(text) {
            Some(id) => find::by_id(shop, caller, id)
                .await?
                .map(|row| Node::Product(Box::new(Product(row)))),
            None => None,
        },
        VariantId::PREFIX => variant(ctx, text)
            .await?
            .map(|found| Node::ProductVariant(Box::new(found))),
        CustomerAddressId::PREFIX => customer_address(ctx, text).await?.map(Node::CustomerAddress),
        CustomerId::PREFIX => customer(ctx, text).await?.map(Node::Customer),
        StaffMemberId::PREFIX => staff_member(ctx, text)
            .await?
            .map(|found| Node::StaffMember(Box::new(found))),
        _ => None,
    })
}

/// As its product: shoppers see what is active.
async fn variant(ctx: &Context<'_>, text: &str) -> Result<Option<ProductVariant>> {
    let Some(id) = id::<VariantId>(text) else {
        return Ok(None);
    };
    let Some(row) = find::variant(ctx.shop(), id).await? else {
        return Ok(None);
    };
    let product = ctx.load(ProductById(row.product_id)).await?;
    let shown = product.is_some_and(|product| find::is_visible(ctx.caller(), &product))
        && sold_there::is_sold_to(ctx.shop(), ctx.caller(), row.product_id).await?;
    Ok(Some(ProductVariant(row)).filter(|variant| shown && (variant.0.active || ctx.is_staff())))
}

async fn customer_address(ctx: &Context<'_>, text: &str) -> Result<Option<CustomerAddress>> {
    let Some(id) = id::<CustomerAddressId>(text) else {
        return Ok(None);
    };
    Ok(addresses::find(ctx.shop(), ctx.caller(), id)
        .await?
        .map(CustomerAddress))
}

async fn customer(ctx: &Context<'_>, text: &str) -> Result<Option<Customer>> {
    let Some(id) = id::<CustomerId>(text) else {
        return Ok(None);
    };
    let own = ctx.caller().viewer.customer() == Some(id);
    if !own && !permission::allowed(ctx.caller(), Permission::Customers) {
        return Ok(None);
    }
    Ok(customers::find::customer(ctx.shop(), id).await?.map(Customer))
}

async fn staff_member(ctx: &Context<'_>, text: &str) -> Result<Option<StaffMember>> {
    let Some(id) = id::<StaffMemberId>(text) else {
        return Ok(None);
    };
    let own = matches!(ctx.caller().viewer, Viewer::Staff(own, _) if own == id);
    if !own && !permission::allowed(ctx.caller(), Permission::Staff) {
        return Ok(None);
    }
    Ok(members::find(ctx.shop(), id).await?.map(StaffMember))
}

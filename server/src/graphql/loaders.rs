//! Questions that many fields ask at once, each answered for all of them by one statement.
//!
//! A key is a newtype named for the question. Loaders are new for every operation and keep
//! nothing: they gather what is asked at the same moment, and the next mutation reads anew.
//! To add one, name a key and the use case that answers it for many ids; `in currency` hands it the
//! operation's.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::{DataLoader, Loader};
use vitrine_commerce::{Error, Shop, catalog, customers, inventory, orders, payments};
use vitrine_entity::{
    capture, category, collection,
    currency::Currency,
    customer,
    ids::{
        CategoryId, CustomerId, OrderId, OrderLineId, PaymentId, ProductId, ReconciliationId, ShipmentId, VariantId,
    },
    order, order_line, payment, picture, price, product, product_attribute, product_listing, product_option, refund,
    shipment, shipment_line, stock, variant,
};

/// Answers the questions of one operation.
#[derive(Debug)]
pub struct Batch {
    shop: Shop,
    /// The operation's.
    currency: Currency,
}

/// Why a whole batch has no answer; everybody who asked gets the same.
#[derive(Debug, Clone)]
pub struct LoadError(pub Arc<Error>);

/// The loaders of one operation.
pub fn loaders(shop: Shop, currency: Currency) -> DataLoader<Batch> {
    DataLoader::new(Batch { shop, currency }, tokio::spawn)
}

macro_rules! questions {
    ($($(#[$doc:meta])* $key:ident($id:ty $(, in $own:ident)?) -> $answer:ty = $ask:path;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub struct $key(pub $id);

            impl Loader<$key> for Batch {
                type Value = $answer;
                type Error = LoadError;

                async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $answer>, LoadError> {
                    let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
                    let found = $ask(&self.shop, $(self.$own,)? &ids).await.map_err(|error| LoadError(Arc::new(error)))?;
                    Ok(found.into_iter().map(|(id, answer)| ($key(id), answer)).collect())
                }
            }
        )*
    };
}

questions! {
    ProductById(ProductId) -> product::Model = catalog::load::products;
    VariantById(VariantId) -> variant::Model = catalog::load::variants;
    VariantsOfProduct(ProductId) -> Vec<variant::Model> = catalog::load::variants_of;
    PicturesOfProduct(ProductId) -> Vec<picture::Model> = catalog::load::pictures_of;
    OptionsOfProduct(ProductId) -> Vec<product_option::Model> = catalog::load::options_of;
    AttributesOfProduct(ProductId) -> Vec<product_attribute::Model> = catalog::load::attributes_of;
    /// Its price range and availability.
    ListingOfProduct(ProductId, in currency) -> product_listing::Model = catalog::load::listings_of;
    CollectionsOfProduct(ProductId) -> Vec<collection::Model> = catalog::load::collections_of;
    CategoryById(CategoryId) -> category::Model = catalog::load::categories;
    /// Its branches; of none, the roots.
    ChildrenOfCategory(Option<CategoryId>) -> Vec<category::Model> = catalog::categories::children_of;
    /// From the root down, without itself.
    AncestorsOfCategory(CategoryId) -> Vec<category::Model> = ancestors_of;
    /// The picture of its own, where it has one.
    PictureOfVariant(VariantId) -> picture::Model = catalog::load::variant_pictures;
    PriceOfVariant(VariantId, in currency) -> price::Model = catalog::load::prices_of;
    /// Units that nobody has ordered, over all locations.
    AvailableOfVariant(VariantId) -> i64 = catalog::load::available_of;
    StockOfVariant(VariantId) -> Vec<stock::Model> = inventory::stock_of;
    /// Unscoped: whoever shows it asks whose it is.
    OrderById(OrderId) -> order::Model = orders::load::orders;
    LinesOfOrder(OrderId) -> Vec<order_line::Model> = orders::load::lines_of;
    /// Every attempt, oldest first.
    PaymentsOfOrder(OrderId) -> Vec<payment::Model> = orders::load::payments_of;
    /// Unscoped: whoever shows it asks whose it is.
    PaymentById(PaymentId) -> payment::Model = payments::by_id;
    CapturesOfPayment(PaymentId) -> Vec<capture::Model> = orders::load::captures_of;
    ShipmentsOfOrder(OrderId) -> Vec<shipment::Model> = orders::load::shipments_of;
    RefundsOfOrder(OrderId) -> Vec<refund::Model> = orders::load::refunds_of;
    /// Those that wait for a decision.
    OpenFindingsOfReconciliation(ReconciliationId) -> i64 = payments::reconciliation::open_findings_of;
    LinesOfShipment(ShipmentId) -> Vec<shipment_line::Model> = orders::load::shipment_lines_of;
    OrderLineById(OrderLineId) -> order_line::Model = orders::load::order_lines;
    CustomerById(CustomerId) -> customer::Model = customers::find::customers;
}

/// The tree is small: it is read whole, once for everybody who asks.
async fn ancestors_of(
    shop: &Shop,
    ids: &[CategoryId],
) -> vitrine_commerce::Result<HashMap<CategoryId, Vec<category::Model>>> {
    let all = catalog::categories::all(shop).await?;
    let tree: HashMap<_, _> = all.into_iter().map(|category| (category.id, category)).collect();
    let ancestors = |id: &CategoryId| {
        let mut path = Vec::new();
        let mut next = tree.get(id).and_then(|category| category.parent_id);
        // A circle among rows, which nothing should write, ends here.
        while let Some(parent) = next.and_then(|id| tree.get(&id)).filter(|_| path.len() < tree.len()) {
            path.push(parent.clone());
            next = parent.parent_id;
        }
        path.reverse();
        (*id, path)
    };
    Ok(ids.iter().map(ancestors).collect())
}

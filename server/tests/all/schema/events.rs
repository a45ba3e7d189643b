//! What is held of a subscription between two of its events. async-graphql makes room in it for whatever may come, several
//! times over, and thousands wait at once.

use std::{
    borrow::Cow,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_graphql::{Context, EmptyMutation, Object, Response, Schema, SubscriptionType, registry::Registry};
use futures::{Stream, StreamExt, stream};
use vitrine_server::graphql::{
    bulk::subscription::BulkUpdates, export::subscription::ExportUpdates, notification::subscription::Notifications,
    order::subscription::OrderUpdates, product_import::subscription::ProductImportUpdates,
};

/// What waits for events may take so many bytes. It was 3,800 while each had room for its event.
const BYTES_MAX: usize = 2_400;

struct Nothing;

#[Object]
impl Nothing {
    async fn nothing(&self) -> bool {
        true
    }
}

/// A part of the root that is weighed, and tells nothing.
struct Weighed<T> {
    part: T,
    bytes: Arc<AtomicUsize>,
}

impl<T: SubscriptionType> SubscriptionType for Weighed<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn create_field_stream<'a>(
        &'a self,
        ctx: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        let events = self.part.create_field_stream(ctx)?;
        self.bytes.store(size_of_val(&*events), Ordering::Relaxed);
        Some(stream::empty().boxed())
    }
}

/// How much a subscription to this takes of the heap while nothing happens.
async fn weight<T: SubscriptionType + 'static>(part: T, document: &str) -> usize {
    let bytes = Arc::<AtomicUsize>::default();
    let part = Weighed {
        part,
        bytes: Arc::clone(&bytes),
    };
    let schema = Schema::new(Nothing, EmptyMutation, part);
    let told: Vec<_> = schema.execute_stream(document).collect().await;
    assert!(told.is_empty(), "{told:?}");
    bytes.load(Ordering::Relaxed)
}

#[tokio::test]
async fn thousands_may_wait() {
    let weights = [
        weight(OrderUpdates, "subscription { orderUpdates(orderId: \"1\") { cursor } }").await,
        weight(Notifications, "subscription { notifications { unreadCount } }").await,
        weight(BulkUpdates, "subscription { bulkOperationUpdates(id: \"1\") { id } }").await,
        weight(ExportUpdates, "subscription { exportUpdates(id: \"1\") { id } }").await,
        weight(
            ProductImportUpdates,
            "subscription { productImportUpdates(id: \"1\") { id } }",
        )
        .await,
    ];
    assert!(
        weights.iter().all(|bytes| (1..=BYTES_MAX).contains(bytes)),
        "{weights:?} bytes"
    );
}

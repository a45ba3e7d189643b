//! Everything that can go well or wrong, in a few fields.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_graphql::{Context, Error, Object, Result, Schema, SchemaBuilder, SimpleObject, Subscription};
use futures::{Stream, StreamExt};
use vitrine_edge::{
    RequestIds,
    document::{self, Documents, Language, limits::GraphqlLimits},
    error::{coded, fault},
};

/// Who asks, as the hook of the tests puts it.
pub(crate) struct Viewer(pub(crate) &'static str);

/// What the tests look at afterwards.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    pub(crate) bumps: Arc<AtomicUsize>,
    /// Subscriptions that are alive.
    pub(crate) open: Arc<AtomicUsize>,
}

pub(crate) type TestSchema = Schema<Query, Mutation, Counting>;

pub(crate) fn documents(development: bool) -> Documents {
    let language = Language::new(&builder().finish().sdl()).expect("a schema");
    Documents::new(Arc::new(language), GraphqlLimits::default(), development)
}

pub(crate) fn schema(documents: Documents, seen: Seen) -> TestSchema {
    document::apply(builder(), documents).data(seen).finish()
}

fn builder() -> SchemaBuilder<Query, Mutation, Counting> {
    Schema::build(Query, Mutation, Counting)
}

pub(crate) struct Query;

#[Object]
impl Query {
    async fn hello(&self, #[graphql(default = "world")] name: String) -> String {
        format!("hello {name}")
    }

    /// The same for everybody, for a minute.
    #[graphql(cache_control(max_age = 60))]
    async fn motto(&self) -> &'static str {
        "slow and steady"
    }

    async fn double(&self, value: i32) -> Result<i32> {
        value.checked_mul(2).ok_or_else(|| coded("BAD_USER_INPUT", "too large"))
    }

    async fn listed(&self, values: Option<Vec<i32>>) -> usize {
        values.map_or(0, |values| values.len())
    }

    #[graphql(complexity = "first * child_complexity")]
    async fn page(&self, first: usize) -> Vec<Item> {
        (0..first.min(3)).map(Item::new).collect()
    }

    async fn viewer(&self, ctx: &Context<'_>) -> &'static str {
        ctx.data_opt::<Viewer>().map_or("nobody", |viewer| viewer.0)
    }

    async fn correlation_id(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.data::<RequestIds>()?.correlation_id.clone())
    }

    async fn traceparent(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx.data::<RequestIds>()?.traceparent.clone())
    }

    async fn nest(&self) -> Nest {
        Nest
    }

    async fn slow(&self) -> Option<String> {
        std::future::pending().await
    }

    async fn faulty(&self) -> Result<Option<String>> {
        Err(fault(std::io::Error::other("no such table: secret_orders")))
    }

    async fn careless(&self) -> Result<Option<String>> {
        Err(std::io::Error::other("no such table: secret_orders"))?
    }

    async fn faulty_non_null(&self) -> Result<String> {
        Err(fault(std::io::Error::other("no such table: secret_orders")))
    }

    async fn panics(&self) -> Option<String> {
        // Not `panic!`: the macro writes code after it, which would never be reached.
        let nobody = Vec::<String>::new();
        Some(nobody.into_iter().next().expect("secret_panic"))
    }
}

pub(crate) struct Nest;

#[Object]
impl Nest {
    async fn nest(&self) -> Nest {
        Nest
    }

    async fn may_be_null(&self) -> Option<Nest> {
        Some(Nest)
    }

    async fn name(&self) -> &'static str {
        "nest"
    }

    async fn broken(&self) -> Result<String> {
        Err(Error::new("secret_broken"))
    }

    async fn items(&self) -> Vec<Item> {
        (1..=3).map(Item::new).collect()
    }

    async fn items_or_null(&self) -> Option<Vec<Item>> {
        Some((1..=3).map(Item::new).collect())
    }

    async fn table(&self) -> Vec<Option<Vec<Item>>> {
        vec![Some(vec![Item::new(1), Item::new(2)]), Some(vec![Item::new(3)])]
    }

    async fn items_or_nulls(&self) -> Vec<Option<Item>> {
        (1..=3).map(|id| Some(Item::new(id))).collect()
    }
}

#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Item {
    id: usize,
}

impl Item {
    fn new(id: usize) -> Self {
        Self { id }
    }
}

#[async_graphql::ComplexObject]
impl Item {
    /// The second one fails.
    async fn name(&self) -> Result<String> {
        if self.id == 2 {
            Err(coded("ODD", "the second item has no name"))
        } else {
            Ok(format!("item {}", self.id))
        }
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn bump(&self, ctx: &Context<'_>) -> Result<usize> {
        Ok(ctx.data::<Seen>()?.bumps.fetch_add(1, Ordering::SeqCst) + 1)
    }
}

pub(crate) struct Counting;

#[Subscription]
impl Counting {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        futures::stream::iter(1..=to)
    }

    /// Says who listens, and then nothing any more.
    async fn forever(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = &'static str> + use<>> {
        let viewer = ctx.data_opt::<Viewer>().map_or("nobody", |viewer| viewer.0);
        let open = Open::new(&ctx.data::<Seen>()?.open);
        let first = futures::stream::iter([viewer]).chain(futures::stream::pending());
        Ok(first.map(move |said| {
            let _ = &open;
            said
        }))
    }

    /// As much as anybody can take.
    async fn flood(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = String> + use<>> {
        let open = Open::new(&ctx.data::<Seen>()?.open);
        Ok(futures::stream::repeat_with(move || {
            let _ = &open;
            "x".repeat(64 * 1024)
        }))
    }

    async fn refused(&self) -> Result<futures::stream::Empty<i32>> {
        Err(coded("NOT_YOURS", "there is no such order"))
    }

    async fn fails_once(&self) -> impl Stream<Item = Result<i32>> {
        futures::stream::iter([Ok(1), Err(Error::new("secret_event")), Ok(3)])
    }

    async fn panics(&self) -> impl Stream<Item = i32> {
        futures::stream::iter(1..=3).map(|at| if at == 2 { panic!("secret_panic") } else { at })
    }
}

/// Counts itself while it lives.
struct Open(Arc<AtomicUsize>);

impl Open {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

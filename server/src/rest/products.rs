//! `GET /api/products` and `GET /api/products/{product}`.

use axum::{
    Json as Written,
    extract::{Path, State, rejection::PathRejection},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vitrine_commerce::{
    Refusal,
    catalog::{
        find,
        list::{self, ProductFilter, ProductSort},
    },
    paging::PageRequest,
    text, translations,
};

use super::{
    extract::{Query, RestRequest, listed},
    problem::{details::Problem, kind, responses},
    state::Rest,
    view::product::ProductView,
};

/// Which products. Everything given must hold.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ProductsQuery {
    /// How many, 1 to 100; 20 where it is left out.
    #[param(minimum = 1, maximum = 100)]
    first: Option<i32>,
    /// The `nextCursor` of the page before, asked for in the same order.
    after: Option<String>,
    /// Words that all stand in the title, the vendor, a code, a tag, or a value of an option or attribute.
    #[param(max_length = 1000, pattern = r"^[^\x00]*$")]
    query: Option<String>,
    /// The slug of a category; what lies beneath it counts.
    #[param(max_length = 1024, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    category: Option<String>,
    /// The slug of a collection.
    #[param(max_length = 1024, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    collection: Option<String>,
    /// Whether it can be bought now.
    in_stock: Option<bool>,
    /// In which order; the newest first where it is left out.
    #[param(inline)]
    sort: Option<Sort>,
}

/// The order of a list of products.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Sort {
    #[default]
    Newest,
    Title,
    PriceAscending,
    PriceDescending,
    BestSelling,
}

/// A page of products.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProductPage {
    /// The products.
    items: Vec<ProductView>,
    /// Send it as `after` for the page that follows. Null on the last one.
    next_cursor: Option<String>,
}

/// List products
///
/// What shoppers see; staff with the permission `CATALOG` see drafts and archived products, too.
#[utoipa::path(
    get,
    path = "/api/products",
    tag = "products",
    params(ProductsQuery),
    responses((status = 200, description = "A page of products.", body = ProductPage), responses::PublicList),
    security((), ("customer" = []), ("staff" = []))
)]
pub(super) async fn products(
    State(rest): State<Rest>,
    request: RestRequest,
    query: Query<ProductsQuery>,
) -> Result<Written<ProductPage>, Problem> {
    let (filter, sort, page) = query.read()?.read();
    let reading = async {
        let page = listed(list::products(&rest.shop, &request.context, &filter, sort, &page).await)?;
        let next_cursor = page.next_cursor();
        let rows = page.rows.into_iter().map(|(_, row)| row.product).collect();
        let rows = translations::in_language(&rest.shop, &request.context, rows).await?;
        Ok::<_, Problem>(Written(ProductPage {
            items: ProductView::load_all(&rest, &request.context, rows).await?,
            next_cursor,
        }))
    };
    request.late(&rest, reading).await
}

/// Read a product
///
/// By its id or its slug. A slug that it had before finds it, too: where the answer's `slug` differs, redirect there.
#[utoipa::path(
    get,
    path = "/api/products/{product}",
    tag = "products",
    params(("product" = String, Path, description = "The product's id or slug.")),
    responses((status = 200, description = "The product.", body = ProductView), responses::Product),
    security((), ("customer" = []), ("staff" = []))
)]
pub(super) async fn product(
    State(rest): State<Rest>,
    request: RestRequest,
    path: Result<Path<String>, PathRejection>,
) -> Result<Written<ProductView>, Problem> {
    let missing = || Problem::new(kind::NOT_FOUND, Refusal::not_found("product").message);
    let Path(name) = path.map_err(|_| missing())?;
    let (shop, context) = (&rest.shop, &request.context);
    let reading = async {
        let found = match name.parse() {
            Ok(id) => find::by_id(shop, context, id).await?,
            Err(_) => find::by_slug(shop, context, &name).await?,
        };
        let rows = translations::in_language(shop, context, vec![found.ok_or_else(missing)?]).await?;
        let views = ProductView::load_all(&rest, context, rows).await?;
        views.into_iter().next().map(Written).ok_or_else(missing)
    };
    request.late(&rest, reading).await
}

impl ProductsQuery {
    fn read(self) -> (ProductFilter, ProductSort, PageRequest) {
        let sort = match self.sort.unwrap_or_default() {
            Sort::Newest => ProductSort::Newest,
            Sort::Title => ProductSort::TitleAscending,
            Sort::PriceAscending => ProductSort::PriceAscending,
            Sort::PriceDescending => ProductSort::PriceDescending,
            Sort::BestSelling => ProductSort::BestSelling,
        };
        let filter = ProductFilter {
            text: self.query,
            category_slugs: self.category.iter().map(|slug| text::normal(slug)).collect(),
            collections: self.collection.iter().map(|slug| text::normal(slug)).collect(),
            in_stock: self.in_stock,
            ..ProductFilter::default()
        };
        (filter, sort, PageRequest::of(self.first, self.after))
    }
}

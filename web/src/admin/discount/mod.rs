//! `/admin/discounts/{id}`: a discount, switched on and off, changed, and tried on a cart.

mod deeds;
pub mod draft;
pub mod input;
mod preview;
pub mod shown;

use axum::extract::{Path, Query};
use minijinja::context;

use self::shown::Shown;
use super::{
    choices, countries,
    deed::{self, Refused, Told},
    goods::{self, Picker},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminDiscount, admin_discount as document},
    problem::Problem,
    refusals::Refusal,
    shown::value,
};

/// The goods of a discount's form, which a new one has as well.
pub const PICKERS: [Picker; 4] = [
    Picker::products("goodsProducts"),
    Picker::variants("goodsVariants"),
    Picker::products("buyProducts"),
    Picker::variants("buyVariants"),
];

/// What the form calls otherwise than the API does, by the API's path.
const CALLED: [(&[&str], &str); 18] = [
    (&["discount", "goods", "productIds"], "goodsProducts"),
    (&["discount", "goods", "variantIds"], "goodsVariants"),
    (&["discount", "goods", "categoryIds"], "goodsCategories"),
    (&["discount", "goods", "collectionIds"], "goodsCollections"),
    (&["discount", "buy", "productIds"], "buyProducts"),
    (&["discount", "buy", "variantIds"], "buyVariants"),
    (&["discount", "buy", "categoryIds"], "buyCategories"),
    (&["discount", "buy", "collectionIds"], "buyCollections"),
    (&["discount", "goods"], "goodsProducts"),
    (&["discount", "buy"], "buyProducts"),
    (&["discount", "value"], "value"),
    (&["discount", "tiers"], "tiers"),
    (&["discount", "shippingPriceMax"], "priceMax"),
    (&["discount", "buySpend"], "buySpend"),
    (&["discount", "minimumSpend"], "minimumSpend"),
    (&["discount", "countries"], "countries"),
    (&["discount", "currencyCodes"], "currencies"),
    (&["codes"], "codes"),
];

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/discounts/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let run = async { Ok::<_, Problem>(at_fields(deeds::run(&staff, &id, &deed, &form).await?)) };
    match goods::act(&staff, &deed, &form, &PICKERS, run).await? {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/discounts/{id}?done={deed}"))),
    }
}

/// What the API says of a part of a discount, at the form's field that it was typed into.
pub fn at_fields(refusals: Vec<Refusal>) -> Vec<Refusal> {
    let at_field = |refusal: Refusal| {
        let known = CALLED.iter().find(|(path, _)| refusal.is_within(path));
        match known {
            Some((_, name)) => Refusal::said(refusal.message().to_owned(), name),
            None => refusal,
        }
    };
    refusals.into_iter().map(at_field).collect()
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let variables = document::Variables { id: id.clone() };
    let data = staff.visit.ask(AdminDiscount, variables).await?;
    let discount = data.discount.as_ref().ok_or(Problem::NotFound)?;
    let groups = data.customer_groups.as_ref().map(|groups| &groups.nodes);
    let tried = preview::preview(&staff, id).await?;
    let shown = context! {
        countries => value(&countries::all(&staff).await?),
        categories => value(&choices::branches(&data.categories, "slug")),
        collections => value(&choices::titled(&data.collections_connection, "slug")),
        discount => value(discount),
        shown => value(&Shown::of(discount, &data.shop.currency_code)),
        own => data.shop.currency_code.as_str(),
        country => data.shop.country_code.as_str(),
        markets => value(&data.markets),
        groups => value(&groups),
        tried => value(&tried),
        done => deed::done(&staff, "admin.discount.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/discount/page.html", shown)
}

//! `/admin/find?q=…`: orders, products and customers by the same words; where one thing is all that is found, it is shown.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminFind, admin_find as document},
    shown::value,
};

pub async fn show(staff: Staff) -> Answer {
    let asked = Asked::read(&staff.visit, &["q"]);
    let Some(query) = asked.some("q") else {
        let shown = context! { found => value(&None::<()>), asked => asked.shown() };
        return staff.show("admin/find/page.html", shown);
    };
    let variables = document::Variables {
        query,
        orders: staff.may(Permission::Orders),
        catalog: staff.may(Permission::Catalog),
        customers: staff.may(Permission::Customers),
    };
    let data = staff.visit.ask(AdminFind, variables).await?;
    if let Some(page) = only(&data) {
        return Ok(staff.visit.go(&page));
    }
    let shown = context! { found => value(&data), asked => asked.shown() };
    staff.show("admin/find/page.html", shown)
}

fn only(data: &document::ResponseData) -> Option<String> {
    let orders = data.orders.iter().flat_map(|orders| &orders.nodes);
    let products = data.products.iter().flat_map(|products| &products.nodes);
    let customers = data.customers.iter().flat_map(|customers| &customers.nodes);
    let mut pages = orders
        .map(|order| format!("/admin/orders/{}", order.id))
        .chain(products.map(|product| format!("/admin/products/{}", product.id)))
        .chain(customers.map(|customer| format!("/admin/customers/{}", customer.id)));
    let page = pages.next()?;
    pages.next().is_none().then_some(page)
}

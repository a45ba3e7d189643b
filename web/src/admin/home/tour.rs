//! From an empty shop to its first sale in a few steps. What is done is told by the shop's own data; what a role may not do is
//! not shown.

use serde::Serialize;

use crate::{
    admin::staff::{Permission, Sent, Staff},
    answer::Answer,
    documents::{
        AdminTour,
        admin_tour::{ResponseData, Variables},
    },
    problem::Problem,
    visit::{TOUR, YEAR},
};

/// What takes no real money.
const SIMULATED: &str = "simulated";

#[derive(Serialize)]
pub struct Step {
    name: &'static str,
    href: &'static str,
    done: bool,
}

/// `POST /admin/tour`: this browser has seen enough of it.
pub async fn dismiss(sent: Sent) -> Answer {
    let mut visit = sent.staff.visit;
    visit.set_cookie(TOUR, "seen", YEAR);
    Ok(visit.go("/admin"))
}

/// Nothing where all of them are done, or the browser has been told to leave it.
pub async fn steps(staff: &Staff) -> Result<Vec<Step>, Problem> {
    if staff.visit.cookie(TOUR).is_some() {
        return Ok(Vec::new());
    }
    let variables = Variables {
        catalog: staff.may(Permission::Catalog),
        settings: staff.may(Permission::Settings),
        payments: staff.may(Permission::Payments),
    };
    let data = staff.visit.ask(AdminTour, variables).await?;
    let steps = of(&data, |permission| staff.may(permission));
    Ok(if steps.iter().all(|step| step.done) {
        Vec::new()
    } else {
        steps
    })
}

fn of(data: &ResponseData, may: impl Fn(Permission) -> bool) -> Vec<Step> {
    let step = |name, href, done: Option<bool>| {
        Some(Step {
            name,
            href,
            done: done?,
        })
    };
    let goods = data.products.as_ref().map(|products| !products.nodes.is_empty());
    let shipping = data.shipping_zones.as_ref();
    let shipping = shipping.map(|zones| zones.iter().flat_map(|zone| &zone.methods).any(|method| method.active));
    let rates = data.tax_rates.as_ref().zip(data.tax_rates_unseen.as_ref());
    let taxes = rates.map(|(all, unseen)| !all.nodes.is_empty() && unseen.nodes.is_empty());
    let providers = data.payment_providers.as_ref();
    let payments = providers.map(|providers| providers.iter().any(|provider| provider.name != SIMULATED));
    let contact = may(Permission::Settings).then_some(data.shop.contact_email.is_some());
    let policies = may(Permission::Content).then_some(!data.shop.policies.is_empty());
    let steps = [
        step("goods", "/admin/products/new", goods),
        step("shipping", "/admin/settings/shipping", shipping),
        step("taxes", "/admin/settings/taxes", taxes),
        step("payments", "/admin/payments", payments),
        step("contact", "/admin/settings", contact),
        step("policies", "/admin/content", policies),
    ];
    steps.into_iter().flatten().collect()
}

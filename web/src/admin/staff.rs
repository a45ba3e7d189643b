//! Who works here: every page of the dashboard asks first, so that what a role may not do is not shown, and a role that has
//! changed meanwhile counts at once.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, request::Parts},
};
use chrono_tz::Tz;
use minijinja::{Value, context};
use serde::Serialize;

use crate::{
    answer::Answer,
    documents::{AdminFrame, admin_frame as document},
    problem::Problem,
    shown::value,
    site::Site,
    visit::{Form, LANGUAGE, Posted, Visit},
};

/// What a role may do, as the API calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    Catalog,
    Content,
    Customers,
    Inventory,
    Jobs,
    Orders,
    Payments,
    Refunds,
    Settings,
    Staff,
}

/// A member of staff who asks for a page.
pub struct Staff {
    pub visit: Visit,
    frame: document::ResponseData,
    permissions: Vec<Permission>,
}

/// A form that a member of staff has sent.
pub struct Sent {
    pub staff: Staff,
    pub form: Form,
}

/// What the side of each page leads to, and what it takes to see it.
const ROOMS: [(&str, &str, Option<Permission>); 23] = [
    ("home", "/admin", None),
    ("orders", "/admin/orders", Some(Permission::Orders)),
    ("returns", "/admin/returns", Some(Permission::Orders)),
    ("withdrawals", "/admin/withdrawals", Some(Permission::Orders)),
    ("documents", "/admin/documents", Some(Permission::Orders)),
    ("products", "/admin/products", Some(Permission::Catalog)),
    ("categories", "/admin/categories", Some(Permission::Catalog)),
    ("collections", "/admin/collections", Some(Permission::Catalog)),
    ("stock", "/admin/stock", Some(Permission::Inventory)),
    ("customers", "/admin/customers", Some(Permission::Customers)),
    ("discounts", "/admin/discounts", Some(Permission::Catalog)),
    ("gift_cards", "/admin/gift-cards", Some(Permission::Refunds)),
    ("catalogs", "/admin/catalogs", Some(Permission::Catalog)),
    ("content", "/admin/content", Some(Permission::Content)),
    ("translations", "/admin/translations", Some(Permission::Catalog)),
    ("payments", "/admin/payments", Some(Permission::Payments)),
    ("searches", "/admin/searches", Some(Permission::Catalog)),
    ("exports", "/admin/exports", None),
    ("jobs", "/admin/jobs", Some(Permission::Jobs)),
    ("webhooks", "/admin/webhooks", Some(Permission::Settings)),
    ("settings", "/admin/settings", Some(Permission::Settings)),
    ("team", "/admin/team", Some(Permission::Staff)),
    ("audit", "/admin/audit", Some(Permission::Staff)),
];

/// How the side groups them; what is in none of them stands with the sales.
const GROUPS: [(&str, &[&str]); 5] = [
    ("", &["home"]),
    (
        SALES,
        &[
            "orders",
            "returns",
            "withdrawals",
            "customers",
            "discounts",
            "gift_cards",
            "catalogs",
        ],
    ),
    ("goods", &["products", "categories", "collections", "stock"]),
    ("shop", &["content", "translations", "searches"]),
    (
        "running",
        &["payments", "exports", "jobs", "webhooks", "settings", "team", "audit"],
    ),
];

const SALES: &str = "sales";

#[derive(Serialize)]
struct Group {
    name: &'static str,
    rooms: Vec<Room>,
}

#[derive(Serialize)]
struct Room {
    name: &'static str,
    href: &'static str,
    is_here: bool,
}

impl FromRequestParts<Site> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        Self::of(Visit::of(site, parts)).await
    }
}

impl FromRequest<Site> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let Posted { visit, form } = Posted::from_request(request, site).await?;
        let staff = Staff::of(visit).await?;
        Ok(Self { staff, form })
    }
}

impl Staff {
    /// # Errors
    /// `SignedOut` where nobody is signed in who works here.
    pub async fn of(mut visit: Visit) -> Result<Self, Problem> {
        if !visit.is_signed_in() {
            return Err(Problem::SignedOut);
        }
        let frame = visit.ask(AdminFrame, document::Variables {}).await?;
        let viewer = frame.staff_viewer.as_ref().ok_or(Problem::SignedOut)?;
        // What was chosen in this browser goes before it.
        if let Some(language) = viewer.language.as_ref().filter(|language| visit.theme_speaks(language))
            && visit.cookie(LANGUAGE).is_none()
        {
            visit.read_in(language);
        }
        let permissions = viewer.permissions.iter().filter_map(known).collect();
        Ok(Self {
            visit,
            frame,
            permissions,
        })
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// By whose clock staff read and type times: the shop's.
    pub fn zone(&self) -> Tz {
        self.frame.shop.time_zone.parse().unwrap_or(Tz::UTC)
    }

    /// The shop's own.
    pub fn currency(&self) -> &str {
        &self.frame.shop.currency_code
    }

    /// # Errors
    /// `Forbidden`.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        match self.may(permission) {
            true => Ok(()),
            false => Err(Problem::Forbidden),
        }
    }

    /// A page of the dashboard.
    ///
    /// # Errors
    /// Where the template fails.
    pub fn show(self, template: &str, shown: Value) -> Answer {
        self.show_as(StatusCode::OK, template, shown)
    }

    /// As [`show`](Self::show), with a status.
    ///
    /// # Errors
    /// The same.
    pub fn show_as(self, status: StatusCode, template: &str, shown: Value) -> Answer {
        let path = self.visit.uri.path().to_owned();
        let open = |permission: Option<Permission>| permission.is_none_or(|permission| self.may(permission));
        let rooms = ROOMS
            .into_iter()
            .filter(|(_, _, permission)| open(*permission))
            .map(|(name, href, _)| room(name, href, &path));
        let of_frame = context! {
            room_groups => value(&grouped(rooms)),
            may => value(&self.frame.staff_viewer.as_ref().map(|viewer| &viewer.permissions)),
            is_indexed => false,
        };
        let shown = context! { ..shown, ..of_frame };
        self.visit.show_in(&self.frame, status, template, shown)
    }
}

/// One that this version does not know opens nothing here.
fn known(permission: &document::Permission) -> Option<Permission> {
    Some(match permission {
        document::Permission::Catalog => Permission::Catalog,
        document::Permission::Content => Permission::Content,
        document::Permission::Customers => Permission::Customers,
        document::Permission::Inventory => Permission::Inventory,
        document::Permission::Jobs => Permission::Jobs,
        document::Permission::Orders => Permission::Orders,
        document::Permission::Payments => Permission::Payments,
        document::Permission::Refunds => Permission::Refunds,
        document::Permission::Settings => Permission::Settings,
        document::Permission::Staff => Permission::Staff,
        document::Permission::Other(_) => return None,
    })
}

fn grouped(rooms: impl Iterator<Item = Room>) -> Vec<Group> {
    let mut groups = GROUPS.map(|(name, _)| Group {
        name,
        rooms: Vec::new(),
    });
    for room in rooms {
        let known = GROUPS.iter().find(|(_, names)| names.contains(&room.name));
        let name = known.map_or(SALES, |(name, _)| name);
        if let Some(group) = groups.iter_mut().find(|group| group.name == name) {
            group.rooms.push(room);
        }
    }
    groups.into_iter().filter(|group| !group.rooms.is_empty()).collect()
}

fn room(name: &'static str, href: &'static str, path: &str) -> Room {
    let is_below = path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    Room {
        name,
        href,
        is_here: path == href || is_below && href != "/admin",
    }
}

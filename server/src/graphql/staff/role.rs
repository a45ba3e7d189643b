use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::{Permissions, roles};
use vitrine_entity::staff_role;

use crate::{graphql::shared::int, ids};

/// Something that only staff and apps may do. A field or mutation that needs one says so in its description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::staff::Permission")]
pub enum Permission {
    /// Products, categories, prices and what else is shown to shoppers.
    Catalog,
    /// See, dispatch, complete and cancel any order.
    Orders,
    /// Pay money back.
    Refunds,
    /// Count and correct stock.
    Inventory,
    /// See customers and their data.
    Customers,
    /// See and change who is staff, which apps there are, and read what they did.
    Staff,
    /// See the payment ledger and how the providers are doing; compare the books and mend ours.
    Payments,
    /// Look after what is done in the background, and have done again what has failed.
    Jobs,
    /// What the shop is: its name and languages, where it sends to and for how much, taxes, locations.
    Settings,
    /// Pages, policies and menus.
    Content,
}

/// A set of permissions as a list.
pub fn listed(permissions: Permissions) -> Vec<Permission> {
    permissions.iter().map(Permission::from).collect()
}

/// A list of permissions as a set.
pub fn set(permissions: Vec<Permission>) -> Permissions {
    permissions.into_iter().map(Into::into).collect()
}

/// What a member of staff is here for: a set of permissions with a name.
#[derive(Debug, Clone)]
pub struct Role(pub staff_role::Model);

/// What a member of staff is here for: a set of permissions with a name. For staff with the permission `STAFF`,
/// and one's own.
#[Object]
impl Role {
    /// Names the role.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// By which files name it, as in `customer-service`.
    async fn handle(&self) -> &str {
        &self.0.handle
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it may do.
    async fn permissions(&self) -> Vec<Permission> {
        listed(roles::permissions(&self.0))
    }

    /// Whether every shop has it: its permissions are not the shop's to choose, and it cannot be deleted.
    async fn built_in(&self) -> bool {
        self.0.built_in.is_some()
    }

    /// Whether it gives nothing to whoever has no second factor.
    async fn two_factor_required(&self) -> bool {
        self.0.two_factor_required
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; null while it can be given.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

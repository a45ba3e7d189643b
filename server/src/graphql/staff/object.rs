use async_graphql::{Enum, ID, Object};
use vitrine_commerce::staff::permission;
use vitrine_entity::staff_member;

use crate::ids;

/// What a member of staff is here for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::staff_member::StaffRole")]
pub enum StaffRole {
    /// May do everything.
    Administrator,
    /// Packs and sends: sees and dispatches orders, counts stock.
    Fulfilment,
}

/// Something that only staff may do. A field or mutation that needs one says so in its description.
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
    /// See and change who is staff.
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

/// A member of staff.
#[derive(Debug, Clone)]
pub struct StaffMember(pub staff_member::Model);

/// A member of staff: the one who is signed in.
#[Object]
impl StaffMember {
    /// Names the member of staff.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Their mail address, in lower case.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// What they are called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What they are here for.
    async fn role(&self) -> StaffRole {
        self.0.role.into()
    }

    /// What their role may do.
    async fn permissions(&self) -> Vec<Permission> {
        Permission::ALL
            .into_iter()
            .filter(|permission| permission::allows(self.0.role, (*permission).into()))
            .collect()
    }
}

impl Permission {
    const ALL: [Self; 10] = [
        Self::Catalog,
        Self::Orders,
        Self::Refunds,
        Self::Inventory,
        Self::Customers,
        Self::Staff,
        Self::Payments,
        Self::Jobs,
        Self::Settings,
        Self::Content,
    ];
}

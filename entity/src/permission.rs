//! What staff and apps may do.

use std::{convert::Infallible, fmt, str::FromStr};

use sea_orm::DeriveValueType;

use crate::staff_member::StaffRole;

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $stored:literal;)*) => {
        /// Something that only staff and apps may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Permission {
            $($(#[$doc])* $name,)*
        }

        impl Permission {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As it is stored, and as clients write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $stored,)* }
            }
        }
    };
}

permissions! {
    /// Products, categories, prices and what else is shown to shoppers.
    Catalog = "CATALOG";
    /// See, dispatch, complete and cancel any order.
    Orders = "ORDERS";
    /// Pay money back.
    Refunds = "REFUNDS";
    /// Count and correct stock.
    Inventory = "INVENTORY";
    /// See customers and their data.
    Customers = "CUSTOMERS";
    /// See and change who is staff, which apps there are, and read what they did.
    Staff = "STAFF";
    /// See the payment ledger and the providers' state; compare the books and mend ours.
    Payments = "PAYMENTS";
    /// Look after the jobs, and revive what is buried.
    Jobs = "JOBS";
    /// What the shop is: its name and languages, where it sends to and for how much, taxes, locations.
    Settings = "SETTINGS";
    /// Pages, policies and menus.
    Content = "CONTENT";
}

/// A set of permissions. Stored as names with spaces between; one that this version does not know, as a
/// newer one may have written it, gives nothing here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Permissions(u32);

impl Permissions {
    pub const NONE: Self = Self(0);

    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    /// What a role that every shop has may do.
    pub fn of(role: StaffRole) -> Self {
        match role {
            StaffRole::Administrator => Self::all(),
            StaffRole::Fulfilment => [Permission::Orders, Permission::Inventory].into_iter().collect(),
        }
    }

    pub fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// What is in this one and not in `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .iter()
            .copied()
            .filter(move |permission| self.has(*permission))
    }
}

fn bit(permission: Permission) -> u32 {
    1 << permission as u32
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(
            permissions
                .into_iter()
                .fold(0, |bits, permission| bits | bit(permission)),
        )
    }
}

impl From<StaffRole> for Permissions {
    fn from(role: StaffRole) -> Self {
        Self::of(role)
    }
}

impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, permission) in self.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{}", permission.name())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permissions({self})")
    }
}

impl FromStr for Permissions {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let named = |name: &str| {
            Permission::ALL
                .iter()
                .copied()
                .find(|permission| permission.name() == name)
        };
        Ok(text.split_ascii_whitespace().filter_map(named).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_survives_its_stored_form() {
        for set in [
            Permissions::NONE,
            Permissions::all(),
            Permissions::of(StaffRole::Fulfilment),
        ] {
            assert_eq!(set.to_string().parse(), Ok(set));
        }
        assert_eq!(Permissions::of(StaffRole::Fulfilment).to_string(), "ORDERS INVENTORY");
        let newer: Permissions = "ORDERS TELEPORT".parse().unwrap();
        assert_eq!(newer.to_string(), "ORDERS");
    }

    #[test]
    fn sets_are_compared_by_what_they_lack() {
        let (all, few) = (Permissions::all(), Permissions::of(StaffRole::Fulfilment));
        assert!(few.without(all).is_empty());
        assert!(!all.without(few).has(Permission::Orders) && all.without(few).has(Permission::Staff));
    }
}

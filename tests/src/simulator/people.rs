//! Who buys with an account, and who works in the shop.

use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;
use vitrine_commerce::Shop;
use vitrine_entity::{
    customer,
    ids::{CustomerId, StaffMemberId},
    staff_member::{self, StaffRole},
};

/// How many customers have an account.
pub(super) const CUSTOMERS: u128 = 3;

pub(super) fn customer_id(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(0xc000 + number))
}

pub(super) fn staff_id() -> StaffMemberId {
    StaffMemberId(Uuid::from_u128(0x5000))
}

/// Their rows.
pub(super) async fn write_people(shop: &Shop) {
    for number in 0..CUSTOMERS {
        let row = customer::ActiveModel {
            id: Set(customer_id(number)),
            email: Set(format!("customer{number}@example.com")),
            name: Set(format!("Customer {number}")),
            password_hash: Set("nobody signs in".to_owned()),
            has_password: Set(true),
            address_proven: Set(true),
            created_at: Set(shop.now()),
            tax_exempt: Set(false),
            tax_exempt_reason: Set(None),
            version: Set(1),
            disabled_at: Set(None),
            last_seen_at: Set(None),
            inactivity_told_at: Set(None),
            language: Set(None),
        };
        customer::Entity::insert(row).exec(&shop.db).await.expect("a customer");
    }
    let row = staff_member::ActiveModel {
        id: Set(staff_id()),
        email: Set("staff@example.com".to_owned()),
        name: Set("Grace Hopper".to_owned()),
        password_hash: Set("nobody signs in".to_owned()),
        role: Set(StaffRole::Administrator),
        active: Set(true),
        created_at: Set(shop.now()),
        role_id: Set(None),
        version: Set(1),
        language: Set(None),
    };
    staff_member::Entity::insert(row)
        .exec(&shop.db)
        .await
        .expect("a member of staff");
}

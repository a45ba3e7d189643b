//! Who can sign in to a demo shop as staff. There is no such account anywhere else.

use vitrine_commerce::{
    Context, Error, ErrorCode, Result, Shop,
    staff::{self, NewStaff},
};
use vitrine_entity::staff_member::StaffRole;

pub const EMAIL: &str = "staff@example.com";
pub const PASSWORD: &str = "vitrine demo staff";

/// Creates the account, unless an earlier start has.
pub(crate) async fn create(shop: &Shop, context: &Context) -> Result<()> {
    let new = NewStaff {
        email: EMAIL.to_owned(),
        name: "Demo staff".to_owned(),
        password: PASSWORD.to_owned(),
        role: StaffRole::Administrator,
    };
    match staff::create(shop, context, new).await {
        Err(Error::Refused(refusals)) if refusals.iter().all(|refusal| refusal.code == ErrorCode::EmailTaken) => Ok(()),
        created => created.map(drop),
    }
}

/// Whether the account is there and may sign in.
pub async fn is_there(shop: &Shop) -> Result<bool> {
    staff::is_active(shop, EMAIL).await
}

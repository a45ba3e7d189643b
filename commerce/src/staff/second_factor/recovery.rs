//! Codes on paper, each of which stands in for the authenticator app once.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;
use vitrine_entity::{
    ids::{StaffMemberId, StaffRecoveryCodeId, encode_base32},
    staff_recovery_code::{self, Column},
};

use crate::{Result, Shop, Tx, customers::link::derive};

const CODES: usize = 10;

/// Makes new ones in place of all before.
pub(super) async fn make(tx: &Tx, member: StaffMemberId) -> Result<Vec<String>> {
    forget(tx, member).await?;
    let codes: Vec<_> = (0..CODES).map(|_| random(tx.shop())).collect();
    let rows = codes.iter().map(|code| {
        let row = staff_recovery_code::Model {
            id: StaffRecoveryCodeId(tx.shop().new_id()),
            staff_member_id: member,
            code_hash: hash(&tx.shop().settings.signing_secret, code),
            used_at: None,
        };
        row.into_active_model()
    });
    staff_recovery_code::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(codes)
}

pub(super) async fn forget(tx: &Tx, member: StaffMemberId) -> Result<()> {
    staff_recovery_code::Entity::delete_many()
        .filter(Column::StaffMemberId.eq(member))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// What the database keeps of a code. With the shop's secret: fifty bits alone could be guessed backwards.
pub(super) fn hash(secret: &[u8], code: &str) -> Vec<u8> {
    let normal: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    derive(secret, "staff-recovery-code:", &[normal.as_bytes()]).to_vec()
}

/// Fifty random bits, as in `k3v9q-2m7xd`.
fn random(shop: &Shop) -> String {
    let mut bits = [0; 16];
    shop.ids.fill(&mut bits);
    let text = encode_base32(Uuid::from_bytes(bits));
    let code = &text[text.len() - 10..];
    format!("{}-{}", &code[..5], &code[5..])
}

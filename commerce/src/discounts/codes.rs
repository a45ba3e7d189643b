//! The codes by which discounts are had. A code is read as people type it: case, blanks and the width of letters make no
//! difference.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    discount::{self, DiscountMethod},
    discount_code,
    ids::{DiscountCodeId, DiscountId},
};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    language::{Message, messages},
    sql,
    staff::{Permission, audit, permission, removal},
    text,
};

/// The most codes that are given at once.
pub const CODES_AT_ONCE_MAX: usize = 100;

const CODE_LENGTH_MAX: usize = 50;

/// A code in its normal form: capitals, of the width of usual letters, without blanks.
pub fn normal(code: &str) -> String {
    let visible = text::code(code);
    visible
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

/// Adds codes to a discount; those that it has stay as they are.
///
/// # Errors
/// Refuses whoever may not change the catalogue, codes that are wrong, and those that another discount has.
pub async fn add_codes(shop: &Shop, context: &Context, id: DiscountId, codes: &[String]) -> Result<discount::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let row = removal::live::<discount::Entity>(&tx, id).await?;
        let codes = checked(row.method, codes)?;
        if insert(&tx, id, &codes).await? > 0 {
            audit(&tx, "discount.codes_add", id.to_string(), json!({ "codes": codes })).await?;
        }
        Ok(row)
    })
    .await
}

/// In their normal form, each once.
///
/// # Errors
/// Refuses what is no code, too many, and codes of what applies by itself.
pub(super) fn checked(method: DiscountMethod, codes: &[String]) -> Result<Vec<String>> {
    let refuse = |field: &[&str], message: Message| Refusal::new(ErrorCode::Invalid, message).at(field);
    if method == DiscountMethod::Automatic && !codes.is_empty() {
        return Err(refuse(&["codes"], messages::automatic_has_no_codes()).into());
    }
    if codes.len() > CODES_AT_ONCE_MAX {
        let message = messages::discount_codes_at_once(CODES_AT_ONCE_MAX);
        return Err(refuse(&["codes"], message).into());
    }
    let mut checked: Vec<String> = Vec::new();
    let mut refusals = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let normal = normal(code);
        if !is_code(&normal) {
            let message = messages::discount_code_form(CODE_LENGTH_MAX);
            refusals.push(refuse(&["codes", &place.to_string()], message));
        } else if !checked.contains(&normal) {
            checked.push(normal);
        }
    }
    match refusals.is_empty() {
        true => Ok(checked),
        false => Err(Error::Refused(refusals)),
    }
}

fn is_code(code: &str) -> bool {
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '%' | '+');
    (1..=CODE_LENGTH_MAX).contains(&code.chars().count()) && code.chars().all(is_sign)
}

/// Writes those that are not there yet. Gives how many.
pub(super) async fn insert(tx: &Tx, id: DiscountId, codes: &[String]) -> Result<u64> {
    if codes.is_empty() {
        return Ok(0);
    }
    let shop = tx.shop();
    let rows = codes.iter().map(|code| {
        let row = discount_code::Model {
            id: DiscountCodeId(shop.new_id()),
            discount_id: id,
            code: code.clone(),
            active: true,
            used: 0,
            created_at: shop.now(),
            batch_id: None,
        };
        row.into_active_model()
    });
    let written = discount_code::Entity::insert_many(rows)
        .on_conflict_do_nothing_on([discount_code::Column::Code])
        .exec_without_returning(tx.db())
        .await?;
    refuse_taken(tx, id, codes).await?;
    Ok(match written {
        sea_orm::TryInsertResult::Inserted(count) => count,
        _ => 0,
    })
}

async fn refuse_taken(tx: &Tx, id: DiscountId, codes: &[String]) -> Result<()> {
    let sql = format!(
        "select code from discount_code where code {} and discount_id <> $2",
        sql::among_parameter::<String>(tx.db(), 1)
    );
    let values = [sql::list(tx.db(), codes.iter().cloned()), id.into()];
    let taken: Vec<String> = sql::column(tx.db(), &sql, values).await?;
    match taken.first() {
        None => Ok(()),
        Some(code) => {
            let message = messages::discount_code_taken(code);
            Err(Refusal::new(ErrorCode::Taken, message).at(&["codes"]).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in [
            "summer-20",
            " Summer-20 ",
            "SUM MER-20",
            "ｓｕｍｍｅｒ－２０",
            "summer-20\u{200b}",
        ] {
            assert_eq!(normal(typed), "SUMMER-20", "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused_at_its_place() {
        let codes = ["OK", "", "so/so"].map(str::to_owned);
        let Err(Error::Refused(refusals)) = checked(DiscountMethod::Code, &codes) else {
            panic!("codes were accepted");
        };
        let fields: Vec<_> = refusals.iter().map(|refusal| refusal.field.join(".")).collect();
        assert_eq!(fields, ["codes.1", "codes.2"]);
        assert!(checked(DiscountMethod::Automatic, &codes[..1]).is_err());
        let twice = ["a", "A "].map(str::to_owned);
        assert_eq!(checked(DiscountMethod::Code, &twice).expect("codes"), ["A"]);
    }
}

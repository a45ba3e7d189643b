//! Translations of what is not there any more.

use crate::{Result, Tx, sql};

/// Whose translations they are, and whether it is there still.
const GONE: [(&str, &str); 10] = [
    ("PRODUCT", "not exists (select 1 from product p where p.id = thing_id)"),
    ("PICTURE", "not exists (select 1 from picture p where p.id = thing_id)"),
    (
        "VIDEO",
        "not exists (select 1 from product_video p where p.id = thing_id)",
    ),
    (
        "CATEGORY",
        "not exists (select 1 from category p where p.id = thing_id)",
    ),
    (
        "COLLECTION",
        "not exists (select 1 from collection p where p.id = thing_id)",
    ),
    (
        "SHIPPING_METHOD",
        "not exists (select 1 from shipping_method p where p.id = thing_id)",
    ),
    (
        "LOCATION",
        "not exists (select 1 from location p where p.id = thing_id)",
    ),
    (
        "DISCOUNT",
        "not exists (select 1 from discount p where p.id = thing_id)",
    ),
    ("OPTION", "substr(thing, 8) not in (select name from product_option)"),
    (
        "ATTRIBUTE",
        "substr(thing, 11) not in (select name from product_attribute union select name from variant_attribute union \
            select name from attribute_definition)",
    ),
];

/// Deletes the translations of things whose rows were deleted, and of words that no product says any more.
pub(crate) async fn forget_gone(tx: &Tx) -> Result<()> {
    for (kind, gone) in GONE {
        let delete = format!("delete from translation where kind = '{kind}' and {gone}");
        sql::execute(tx.db(), &delete, []).await?;
    }
    Ok(())
}

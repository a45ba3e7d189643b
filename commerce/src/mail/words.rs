//! Text as a mail has it, and in which language.

use std::sync::Arc;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{customer, order};

use crate::{Result, Shop, language::Language};

/// The shop's own.
pub(super) fn own_language(shop: &Shop) -> Arc<Language> {
    let profile = shop.profile();
    Language::of(&profile.language(), &profile.country)
}

/// That of a tag that was kept, else the shop's own.
pub(super) fn kept_language(shop: &Shop, tag: Option<&str>) -> Arc<Language> {
    tag.map_or_else(|| own_language(shop), |tag| Language::of(tag, &shop.profile().country))
}

/// That of the account with this address, else the one in which somebody with it last ordered, else the shop's own.
pub(super) async fn language_of(shop: &Shop, email: &str) -> Result<Arc<Language>> {
    let account = customer::Entity::find().filter(customer::Column::Email.eq(email));
    let account = account.one(&shop.db).await?;
    if let Some(tag) = account.and_then(|account| account.language) {
        return Ok(kept_language(shop, Some(&tag)));
    }
    let of_address = order::Entity::find().filter(order::Column::Email.eq(email));
    let newest = of_address.order_by_desc(order::Column::Id).one(&shop.db).await?;
    Ok(newest.map_or_else(
        || own_language(shop),
        |order| Language::of(&order.locale, &shop.profile().country),
    ))
}

/// Makes one line of any text: what was typed as one is one already, what comes from a file or
/// another system may not be, and in a subject a second line would be another header.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() && !is_no_break(c) || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Between a number and what belongs to it.
fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_keeps_a_second_line() {
        assert_eq!(one_line(" a\r\nBcc: b@x.y\0\u{2028}c\td "), "a Bcc: b@x.y c d");
        assert_eq!(one_line("CHF\u{a0}5"), "CHF\u{a0}5");
        assert_eq!(one_line("1\u{202f}249"), "1\u{202f}249");
    }
}

//! What an order is found by, without case and accents: number, mail address, names, SKUs, titles and tracking
//! numbers, a company's own number of its purchase, and the number of the draft order that it was.

use chrono::TimeDelta;
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use vitrine_entity::{ids::OrderId, order, order_search};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    orders::{load, number},
    sql, text, tick,
    words::fold,
};

/// The most characters that are kept of one order.
const WORDS_LENGTH_MAX: usize = 4_000;

/// The most words of a text that staff look for, and its most characters.
const QUERY_WORDS_MAX: usize = 8;
const QUERY_LENGTH_MAX: usize = 200;

/// How often it is looked for orders that cannot be found, how many are mended at a time, and how often at once.
const PERIOD: TimeDelta = TimeDelta::minutes(10);
const BATCH: u64 = 500;
const BATCHES_MAX: usize = 100;

/// Makes an order findable, with what was bought (SKUs and titles), by which numbers its parcels travel, and by which a company
/// knows it.
pub(crate) async fn write<'a>(tx: &Tx, order: &'a order::Model, goods: impl Iterator<Item = &'a str>) -> Result<()> {
    // Other numbers: those of parcels, the one by which a company knows its purchase, and that of the draft.
    let tracked = "select t.number from shipment_tracking t join shipment s on s.id = t.shipment_id where s.order_id = $1 \
                   union all select purchase_order_number from company_order where order_id = $1 \
                   and purchase_order_number is not null \
                   union all select number from draft_order where order_id = $1 order by 1";
    let tracked: Vec<String> = sql::column(tx.db(), tracked, [order.id.into()]).await?;
    let row = order_search::Model {
        order_id: order.id,
        words: words_of(order, &tracked, goods),
    };
    order_search::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(order_search::Column::OrderId)
                .update_column(order_search::Column::Words)
                .to_owned(),
        )
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// As [`write`], with the end of the transaction that writes the order.
pub(crate) fn write_new<'a>(tx: &Tx, order: &'a order::Model, goods: impl Iterator<Item = &'a str>) {
    let row = order_search::Model {
        order_id: order.id,
        words: words_of(order, &[], goods),
    };
    tx.write_later::<order_search::Entity>([row.into_active_model()]);
}

/// Makes those orders findable that a server of the version before has placed, if it is time to and no other
/// worker does.
pub async fn fill_missing(shop: &Shop) -> Result<()> {
    let context = Context::system(shop, "order-search");
    let is_ours = shop.transact(
        &context,
        |tx| async move { tick::claim(&tx, "order_search", PERIOD).await },
    );
    if !is_ours.await? {
        return Ok(());
    }
    for _ in 0..BATCHES_MAX {
        if fill_batch(shop, &context).await? < BATCH {
            break;
        }
    }
    Ok(())
}

async fn fill_batch(shop: &Shop, context: &Context) -> Result<u64> {
    let sql = "select o.id from orders o where not exists \
               (select 1 from order_search s where s.order_id = o.id) order by o.id desc limit 500";
    let missing: Vec<OrderId> = sql::column(&shop.db, sql, []).await?;
    let (orders, lines) = &(
        load::orders(shop, &missing).await?,
        load::lines_of(shop, &missing).await?,
    );
    shop.transact(context, |tx| async move {
        for order in orders.values() {
            let goods = lines.get(&order.id).into_iter().flatten();
            let goods = goods.flat_map(|line| [line.sku.as_str(), line.title.as_str()]);
            write(&tx, order, goods).await?;
        }
        Ok(())
    })
    .await?;
    Ok(missing.len() as u64)
}

fn words_of<'a>(order: &'a order::Model, tracked: &[String], goods: impl Iterator<Item = &'a str>) -> String {
    let (shipping, billing) = (&order.shipping_address, &order.billing_address);
    let people = [
        Some(order.number.as_str()),
        Some(order.email.as_str()),
        Some(shipping.name.as_str()),
        shipping.company.as_deref(),
        Some(billing.name.as_str()),
        billing.company.as_deref(),
    ];
    // Carriers write their numbers in groups, and scanners do not.
    let grouped = tracked.iter().filter(|number| number.contains(char::is_whitespace));
    let whole: Vec<String> = grouped.map(|number| number.split_whitespace().collect()).collect();
    let tracked = tracked.iter().chain(&whole).map(|number| plain(number));
    let people = people.into_iter().flatten().map(plain);
    let mut words = String::new();
    for part in people.chain(tracked).chain(goods.map(plain)) {
        if words.len() + part.len() > WORDS_LENGTH_MAX {
            break;
        }
        // A line between two texts, so that no word is found across them.
        words.push_str(&part);
        words.push('\n');
    }
    words
}

/// The words of a text that staff look for, each in the ways in which it may be written. All of them must be found.
///
/// # Errors
/// A text that is too long.
pub(super) fn words(field: &[&str], text: &str) -> Result<Vec<Vec<String>>, Refusal> {
    if text.len() > 4 * QUERY_LENGTH_MAX || text.chars().count() > QUERY_LENGTH_MAX {
        let message = messages::order_search_max(QUERY_LENGTH_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    }
    let typed = text::normal(text);
    // A number may be typed with spaces in it.
    let number = number::typed(&typed);
    let is_whole = number.get(1..2) == Some("-") && number.len() == "V-7K3M-9QXT".len() && !number.contains(is_between);
    let whole = is_whole.then_some(number.as_str());
    let words = whole.map_or_else(|| typed.split(is_between).collect::<Vec<_>>(), |whole| vec![whole]);
    let words = words.into_iter().filter(|word| !word.is_empty());
    Ok(words.take(QUERY_WORDS_MAX).map(spellings).collect())
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// A word as orders are found by it: folded, as versions before folded it, and an address by both spellings of its domain.
fn spellings(word: &str) -> Vec<String> {
    let mut spellings = vec![plain(word), plain_before(word)];
    if let Ok(address) = text::email(&[], word) {
        let ascii = address
            .rsplit_once('@')
            .and_then(|(local, domain)| Some(format!("{local}@{}", text::ascii_domain(domain)?)));
        spellings.extend([plain(&address)].into_iter().chain(ascii));
    }
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

/// Folded as every search is, on one line.
fn plain(text: &str) -> String {
    fold(text)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// As orders were written that versions before have placed: without case and accents, and with letters like ß.
fn plain_before(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_make_no_difference() {
        assert_eq!(plain("Zoë ÅNGSTRÖM\n"), "zoe angstrom ");
        assert_eq!(plain("Zoe\u{308}"), plain("ZOË"));
        let found = |text: &str| words(&["query"], text).expect("words");
        assert_eq!(found(" Zoë\tV-7K \0 "), [["zoe"], ["v-7k"]]);
        assert_eq!(found("\u{2068}Straße\u{200B}"), [["strasse", "straße"]]);
        assert_eq!(found("v7k3m 9qxt"), [["v-7k3m-9qxt"]]);
        assert_eq!(found("d 7k3m 9qxt"), [["d-7k3m-9qxt"]]);
        assert_eq!(found("ada@xn--mller-kva.example")[0][0], "ada@muller.example");
        assert_eq!(
            words(&["query"], &"a ".repeat(90)).expect("words").len(),
            QUERY_WORDS_MAX
        );
        assert!(words(&["query"], &"a".repeat(201)).is_err() && words(&["query"], &"x".repeat(1 << 20)).is_err());
    }
}

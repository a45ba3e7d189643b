//! Translations follow a word that products share when it is called something else: outdated until somebody looks at them.

use super::thing::{Thing, value_field};
use crate::{Result, Tx, sql};

/// An attribute is called something else. What the new name has in a language already stays.
pub(crate) async fn rename_attribute(tx: &Tx, from: &str, to: &str) -> Result<()> {
    let follow = "update translation set thing = $2 where thing = $1 and not exists (select 1 from translation b \
        where b.thing = $2 and b.locale = translation.locale and b.field = translation.field)";
    let [from, to] = [from, to].map(|name| Thing::Attribute(name.into()).to_string());
    sql::execute(tx.db(), follow, [from.into(), to.into()]).await?;
    Ok(())
}

/// A value of an attribute is called something else.
pub(crate) async fn rename_attribute_value(tx: &Tx, name: &str, from: &str, to: &str) -> Result<()> {
    let follow = "update translation set field = $3 where thing = $1 and field = $2 and not exists \
        (select 1 from translation b where b.thing = $1 and b.locale = translation.locale and b.field = $3)";
    let thing = Thing::Attribute(name.into()).to_string();
    let values = [thing, value_field(from), value_field(to)].map(Into::into);
    sql::execute(tx.db(), follow, values).await?;
    Ok(())
}

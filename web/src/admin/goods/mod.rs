//! Goods in forms: products or variants that staff find by typing. Those that are chosen are ticked boxes with their ids; beside
//! them is a field for words. Without scripts a search is a step of the form: it is sent, nothing is done, and it is shown once
//! more with what was found. With scripts the same rows come while somebody types (`GET /admin/goods`).
//!
//! A page includes `admin/design/goods.html` where the goods stand, has [`act`] do what its form asks, and reads [`chosen`].

mod names;
mod rows;

use std::{collections::BTreeMap, future::Future};

use axum::extract::Query;
use minijinja::context;
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub use names::{Chosen, chosen, id_of, names};

use self::{
    names::{number_field, words_field},
    rows::{find, named},
};
use super::{
    deed::{Outcome, Refused},
    staff::{Permission, Staff},
};
use crate::{answer::Answer, problem::Problem, shown::value, visit::Form};

/// More of what is searched for is cut off.
const LETTERS_MAX: usize = 100;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Products,
    Variants,
}

/// A field of a form that holds goods.
#[derive(Debug, Clone, Copy)]
pub struct Picker {
    pub name: &'static str,
    pub kind: Kind,
}

impl Picker {
    pub const fn products(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Products,
        }
    }

    pub const fn variants(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Variants,
        }
    }
}

#[derive(Deserialize)]
pub struct Asked {
    kind: Kind,
    name: String,
    #[serde(default)]
    q: String,
    /// Of which one is chosen.
    #[serde(default)]
    single: String,
    /// What the number of each is called, where each has one.
    #[serde(default)]
    numbered: String,
    /// What that number begins with.
    #[serde(default)]
    first: String,
}

/// `GET /admin/goods`: rows for a picker, for the script at it.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> Answer {
    let may_choose = [
        Permission::Catalog,
        Permission::Inventory,
        Permission::Orders,
        Permission::Settings,
    ];
    if !may_choose.into_iter().any(|permission| staff.may(permission)) {
        return Err(Problem::Forbidden);
    }
    let words = short(&asked.q);
    let found = find(&staff, asked.kind, &words).await?;
    let shown = context! {
        found => value(&found),
        words,
        name => asked.name,
        single => !asked.single.is_empty(),
        numbered => asked.numbered,
        first => asked.first,
    };
    staff.show("admin/goods/part.html", shown)
}

/// Does what a form asks, by `run`; or where it asks for goods, finds them and does nothing else. What is to be shown once more
/// has its goods as they were chosen.
///
/// # Errors
/// Where there is no answer to it.
pub async fn act(
    staff: &Staff,
    deed: &str,
    form: &Form,
    pickers: &[Picker],
    run: impl Future<Output = Outcome>,
) -> Result<Option<Refused>, Problem> {
    let searched = searched(staff, form, pickers).await?;
    let refusals = match searched {
        Some(_) => Vec::new(),
        None => run.await?,
    };
    if searched.is_none() && refusals.is_empty() {
        return Ok(None);
    }
    let name = form.some("form").unwrap_or_else(|| deed.to_owned());
    let mut refused = Refused::of(staff, &name, form, &refusals);
    keep(staff, form, pickers, searched, &mut refused).await?;
    Ok(Some(refused))
}

/// As [`act`], of a form that only reads: its goods, where they are to be shown once more.
///
/// # Errors
/// The same.
pub async fn read(staff: &Staff, name: &str, form: &Form, pickers: &[Picker]) -> Result<Refused, Problem> {
    let searched = searched(staff, form, pickers).await?;
    let mut refused = Refused::of(staff, name, form, &[]);
    keep(staff, form, pickers, searched, &mut refused).await?;
    Ok(refused)
}

async fn keep(
    staff: &Staff,
    form: &Form,
    pickers: &[Picker],
    searched: Option<Picker>,
    refused: &mut Refused,
) -> Result<(), Problem> {
    refused.is_search = searched.is_some();
    let there = |picker: &&Picker| {
        let names = [picker.name.to_owned(), words_field(picker.name)];
        names.iter().any(|name| form.field(name).is_some())
    };
    for picker in pickers.iter().filter(there) {
        let is_searched = searched.is_some_and(|searched| searched.name == picker.name);
        let kept = kept(staff, form, *picker, is_searched).await?;
        refused.goods.insert(format!("{}-{}", refused.deed, picker.name), kept);
    }
    Ok(())
}

/// The field whose words are to be searched for: its button was pressed, or they are no name of one thing.
async fn searched(staff: &Staff, form: &Form, pickers: &[Picker]) -> Result<Option<Picker>, Problem> {
    for picker in pickers {
        let Some(words) = form.some(&words_field(picker.name)) else {
            continue;
        };
        if form.text("find") == picker.name || id_of(staff, picker.kind, &words).await?.is_none() {
            return Ok(Some(*picker));
        }
    }
    Ok(None)
}

/// What `admin/design/goods.html` shows of a form that is shown once more.
async fn kept(staff: &Staff, form: &Form, picker: Picker, is_searched: bool) -> Result<Json, Problem> {
    let ticked = names::ticked(form, picker.name);
    let typed = form.some(&words_field(picker.name)).unwrap_or_default();
    let also = Some(typed.clone()).filter(|typed| !is_searched && !typed.is_empty());
    let mut ids: Vec<String> = Vec::new();
    let mut numbers = BTreeMap::new();
    for name in ticked.into_iter().chain(also) {
        if let Some(id) = id_of(staff, picker.kind, &name).await?.filter(|id| !ids.contains(id)) {
            numbers.extend(
                form.some(&number_field(picker.name, &name))
                    .map(|number| (id.clone(), number)),
            );
            ids.push(id);
        }
    }
    let mut found = match is_searched {
        true => find(staff, picker.kind, &short(&typed)).await?,
        false => Vec::new(),
    };
    found.retain(|row| row["id"].as_str().is_none_or(|id| ids.iter().all(|known| known != id)));
    Ok(json!({
        "rows": named(staff, &ids).await?,
        "numbers": numbers,
        "found": found,
        "words": if is_searched { typed } else { String::new() },
        "searched": is_searched,
    }))
}

fn short(words: &str) -> String {
    words.trim().chars().take(LETTERS_MAX).collect()
}

//! What staff do with a form: a mutation, and what is shown where it was refused.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use graphql_client::GraphQLQuery;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::staff::Staff;
use crate::{
    problem::Problem,
    refusals::{Refusal, plainly, refusals},
    visit::Form,
};

/// What was refused, if anything was.
pub type Outcome = Result<Vec<Refusal>, Problem>;

/// What an address says of a deed that was done just now.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    pub done: String,
    /// What was deleted by it, to be brought back.
    #[serde(default)]
    pub undo: String,
}

/// Where a deed is told: `path`, with what may be undone.
pub fn told_at(path: &str, deed: &str, form: &Form) -> String {
    let base = format!("{path}?");
    let begin = base.len();
    let mut told = form_urlencoded::Serializer::for_suffix(base, begin);
    told.append_pair("done", deed);
    if let Some(id) = form.some("id").filter(|_| deed.ends_with("delete")) {
        told.append_pair("undo", &id);
    }
    told.finish()
}

/// A form that was refused, to be shown once more.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Refused {
    /// Which form it was.
    pub deed: String,
    /// By the id of a field, which is the form's name and the input's; what belongs to none stands under the form's name.
    pub errors: BTreeMap<String, String>,
    /// What was typed, by the same ids; of several fields of one name with commas between.
    pub typed: BTreeMap<String, String>,
    /// Whether the thing has changed since the form was shown.
    pub is_conflict: bool,
    /// Whether nothing was refused, and the form has looked for goods (`admin/goods`).
    pub is_search: bool,
    /// What the form's fields of goods hold, by the same ids.
    pub goods: BTreeMap<String, Json>,
}

/// Runs a document that has one mutation.
///
/// # Errors
/// Where there is no answer to it.
pub async fn run<Q>(staff: &Staff, document: Q, variables: Q::Variables) -> Outcome
where
    Q: GraphQLQuery,
    Q::ResponseData: Serialize,
{
    run_with_nulls(staff, document, variables, &[]).await
}

/// As [`run`], with variables that are null (see [`Visit::ask_with_nulls`](crate::visit::Visit::ask_with_nulls)).
///
/// # Errors
/// The same.
pub async fn run_with_nulls<Q>(staff: &Staff, document: Q, variables: Q::Variables, nulls: &[String]) -> Outcome
where
    Q: GraphQLQuery,
    Q::ResponseData: Serialize,
{
    let data = staff.visit.ask_with_nulls(document, variables, nulls).await?;
    let data = serde_json::to_value(&data).unwrap_or_default();
    let payload = data.as_object().and_then(|data| data.values().next());
    match payload.and_then(|payload| payload.get("userErrors")) {
        Some(user_errors) => Ok(refusals(user_errors)),
        None => Err(Problem::Broken),
    }
}

/// Of a page: a form that was refused is shown once more.
pub fn status(refused: Option<&Refused>) -> StatusCode {
    match refused {
        Some(refused) if !refused.is_search => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    }
}

/// What is told of a deed that is done: by its name in a section of words. Nothing for a name that none has: whoever makes a
/// link cannot have us say what is not so.
pub fn done(staff: &Staff, section: &str, deed: &str) -> String {
    match deed.is_empty() {
        true => String::new(),
        false => staff.visit.say(&format!("{section}.{deed}")),
    }
}

impl Refused {
    /// Nothing where nothing was refused. Forms of a page that do the same to several things have names of their own, in
    /// their field `form`.
    pub fn any(staff: &Staff, deed: &str, form: &Form, refusals: &[Refusal]) -> Option<Self> {
        let name = form.some("form").unwrap_or_else(|| deed.to_owned());
        (!refusals.is_empty()).then(|| Self::of(staff, &name, form, refusals))
    }

    /// Forms call their fields as inputs do; those of a table's rows (each with a hidden field `row`) by the row, a dot, and
    /// that.
    pub fn of(staff: &Staff, deed: &str, form: &Form, refusals: &[Refusal]) -> Self {
        let rows = form.all("row");
        // That it has changed meanwhile is told with both sides, and not at a field.
        let at_fields = refusals.iter().filter(|refusal| !is_conflict(refusal));
        let told = at_fields.map(|refusal| (id(deed, &field(refusal, &rows)), words(staff, refusal)));
        let mut typed = BTreeMap::new();
        for (name, text) in form.pairs().filter(|(name, _)| is_shown(name)) {
            typed
                .entry(id(deed, name))
                .and_modify(|known: &mut String| *known = format!("{known},{text}"))
                .or_insert_with(|| text.to_owned());
        }
        Self {
            deed: deed.to_owned(),
            errors: told.collect(),
            typed,
            is_conflict: refusals.iter().any(is_conflict),
            is_search: false,
            goods: BTreeMap::new(),
        }
    }
}

fn is_conflict(refusal: &Refusal) -> bool {
    refusal.code == "VERSION_CONFLICT"
}

/// As the form calls it: of `variants`, `3`, `price` the price in the fourth row.
fn field(refusal: &Refusal, rows: &[String]) -> String {
    let name = refusal.name();
    let index = refusal.index().and_then(|index| rows.get(index));
    match index {
        Some(row) => format!("{row}.{name}"),
        None => name.to_owned(),
    }
}

/// No password is shown again.
fn is_shown(name: &str) -> bool {
    name != "csrf" && !name.to_ascii_lowercase().ends_with("password")
}

fn id(deed: &str, name: &str) -> String {
    match name {
        "" => deed.to_owned(),
        name => format!("{deed}-{name}"),
    }
}

/// In the language of the page where we have words for it, or else as the API says it.
pub fn words(staff: &Staff, refusal: &Refusal) -> String {
    let by_code = format!("admin.error.{}", refusal.code);
    // Of a row's field what it is called in every row.
    let name = refusal.name().rsplit('.').next().unwrap_or_default();
    let by_field = format!("admin.error.field.{name}");
    // What a code says of everything says least of a field, and what a field wants says nothing of what else is the matter with it:
    // that an article number is taken, the API says best.
    let names = match refusal.code.as_str() {
        "INVALID" | "NOT_FOUND" => vec![by_field, by_code],
        _ => vec![by_code],
    };
    let mut told = names.iter().map(|name| staff.visit.say(name));
    let said = plainly(&staff.visit, refusal);
    let ours = match name {
        // How they are typed, ours says; of what they name, the API.
        "lines" if !said.is_empty() => None,
        _ => told.find(|text| !text.is_empty()),
    };
    match ours {
        // How amounts are written, and what is the matter with this one.
        Some(ours) if refusal.code == "INVALID_AMOUNT" => format!("{ours} {said}").trim_end().to_owned(),
        Some(ours) => ours,
        // What could not be read was not sent: the API has said nothing of it.
        None if said.is_empty() => staff.visit.say("admin.error.unreadable"),
        None => said,
    }
}

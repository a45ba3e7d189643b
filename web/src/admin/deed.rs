//! What staff do with a form: a mutation, and what is shown where it was refused.

use std::collections::BTreeMap;

use graphql_client::GraphQLQuery;
use serde::Serialize;

use super::staff::Staff;
use crate::{
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::Form,
};

/// A form that was refused, to be shown once more.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Refused {
    /// Which form it was.
    pub deed: String,
    /// By the id of a field, which is the form's name and the input's; what belongs to none stands under the form's name.
    pub errors: BTreeMap<String, String>,
    /// What was typed, by the same ids.
    pub typed: BTreeMap<String, String>,
    /// Whether the thing has changed since the form was shown.
    pub is_conflict: bool,
}

/// Runs a document that has one mutation.
///
/// # Errors
/// Where there is no answer to it.
pub async fn run<Q>(staff: &Staff, document: Q, variables: Q::Variables) -> Result<Vec<Refusal>, Problem>
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
pub async fn run_with_nulls<Q>(
    staff: &Staff,
    document: Q,
    variables: Q::Variables,
    nulls: &[String],
) -> Result<Vec<Refusal>, Problem>
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

impl Refused {
    /// Forms call their fields as inputs do.
    pub fn of(staff: &Staff, deed: &str, form: &Form, refusals: &[Refusal]) -> Self {
        let told = refusals
            .iter()
            .map(|refusal| (id(deed, refusal.name()), words(staff, refusal)));
        let typed = form.pairs().filter(|(name, _)| is_shown(name));
        Self {
            deed: deed.to_owned(),
            errors: told.collect(),
            typed: typed.map(|(name, text)| (id(deed, name), text.to_owned())).collect(),
            is_conflict: refusals.iter().any(|refusal| refusal.code == "VERSION_CONFLICT"),
        }
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
fn words(staff: &Staff, refusal: &Refusal) -> String {
    let ours = staff.visit.say(&format!("admin.error.{}", refusal.code));
    match ours.is_empty() {
        true => refusal.message().to_owned(),
        false => ours,
    }
}

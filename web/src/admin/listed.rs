//! Lists with a form for a new one, which bring back what was deleted: what such pages do alike.

use graphql_client::GraphQLQuery;
use minijinja::{Value, context};
use serde::Serialize;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::Staff,
};
use crate::{answer::Answer, problem::Problem, refusals::refusals, shown::value, visit::Form};

/// Such a page.
pub struct Listed {
    pub path: &'static str,
    /// What its address asks for beside the page.
    pub asked: &'static [&'static str],
    /// The section of words that tells what was done.
    pub done: &'static str,
    pub template: &'static str,
}

/// What it is shown for, and what is told on it.
pub struct Seen {
    pub asked: Asked,
    told: Told,
    refused: Option<Refused>,
}

impl Listed {
    /// As its address asks.
    pub fn seen(&self, staff: &Staff, told: Told) -> Seen {
        Seen {
            asked: Asked::read(&staff.visit, self.asked),
            told,
            refused: None,
        }
    }

    /// With the form for a new one, which was refused.
    pub fn not_made(&self, staff: &Staff, form: &Form, user_errors: &impl Serialize) -> Seen {
        self.again("", Refused::of(staff, "create", form, &refusals(user_errors)))
    }

    /// Brings one back, by a document with one mutation; what was deleted, where that is refused.
    ///
    /// # Errors
    /// Where there is no answer to it.
    pub async fn restore<Q>(
        &self,
        staff: &Staff,
        form: &Form,
        document: Q,
        variables: Q::Variables,
    ) -> Result<Option<Seen>, Problem>
    where
        Q: GraphQLQuery,
        Q::ResponseData: Serialize,
    {
        let refused = deed::run(staff, document, variables).await?;
        let refused = Refused::any(staff, "restore", form, &refused);
        Ok(refused.map(|refused| self.again("deleted=yes", refused)))
    }

    fn again(&self, query: &str, refused: Refused) -> Seen {
        Seen {
            asked: Asked::of(self.path, query, self.asked),
            told: Told::default(),
            refused: Some(refused),
        }
    }

    /// `rows`: what this list has beside what all have.
    ///
    /// # Errors
    /// Where the template fails.
    pub fn show(&self, staff: Staff, seen: &Seen, rows: Value) -> Answer {
        let shown = context! {
            asked => seen.asked.shown(),
            done => deed::done(&staff, self.done, &seen.told.done),
            undo => seen.told.undo.as_str(),
            refused => value(&seen.refused),
        };
        let status = deed::status(seen.refused.as_ref());
        staff.show_as(status, self.template, context! { ..rows, ..shown })
    }
}

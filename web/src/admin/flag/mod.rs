//! `/admin/settings/flags/{name}`: for whom a flag is on, and what was done to it.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    audit::told,
    countries,
    deed::{self, Refused, Told},
    flags::PATH,
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminFlag, admin_flag::Variables},
    problem::Problem,
    shown::value,
};

/// As the schema has them, in the order in which they are offered.
const AUDIENCES: [&str; 3] = ["GUESTS", "CUSTOMERS", "STAFF"];

pub async fn show(staff: Staff, Path(name): Path<String>, Query(done): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &[]);
    page(staff, name, &asked, &done, None).await
}

/// `POST /admin/settings/flags/{name}/{deed}`.
pub async fn act(Path((name, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = deeds::run(&staff, &name, &deed, &form).await?;
    let Some(refused) = Refused::any(&staff, &deed, &form, &refusals) else {
        let to = match &*deed {
            "delete" => format!("{PATH}?done=delete&undo={name}"),
            _ => format!("{PATH}/{name}?done={deed}"),
        };
        return Ok(staff.visit.go(&to));
    };
    let asked = Asked::of(&format!("{PATH}/{name}"), "", &[]);
    page(staff, name, &asked, &Told::default(), Some(refused)).await
}

async fn page(staff: Staff, name: String, asked: &Asked, done: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let rows = asked.rows();
    let variables = Variables {
        name,
        groups: staff.may(Permission::Customers),
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminFlag, variables).await?;
    let flag = data.flag.as_ref().ok_or(Problem::NotFound)?;
    let history = flag.history.as_ref().ok_or(Problem::NotFound)?;
    let changes: Vec<_> = history.nodes.iter().map(|entry| told::fields(&entry.data)).collect();
    let everybody = (String::new(), staff.visit.say("admin.flags.everybody"));
    let audiences = AUDIENCES.map(|name| {
        (
            name.to_owned(),
            staff.visit.say(&format!("admin.flags.audience.{name}")),
        )
    });
    let audiences: Vec<_> = std::iter::once(everybody).chain(audiences).collect();
    let markets: Vec<_> = data.markets.iter().map(|market| (&market.id, &market.name)).collect();
    let groups = data.customer_groups.iter().flat_map(|groups| &groups.nodes);
    let groups: Vec<_> = groups.map(|group| (&group.id, &group.name)).collect();
    let countries = countries::all(&staff).await?;
    let shown = context! {
        flag => value(flag),
        entries => value(&history.nodes),
        changes => value(&changes),
        info => value(&history.page_info),
        audiences => value(&audiences),
        markets => value(&markets),
        groups => value(&groups),
        countries => value(&countries),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.flags.done", &done.done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/flag/page.html", shown)
}

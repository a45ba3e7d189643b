//! What is done with a flag: a document each.

use crate::{
    admin::{
        countries,
        deed::{self, Outcome},
        staff::Staff,
        typed::{self, Typed, version},
    },
    documents::{
        AdminFlagDelete, AdminFlagSave, admin_flag_delete as delete_document, admin_flag_save as save_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, name: &str, deed: &str, form: &Form) -> Outcome {
    match deed {
        "save" => save(staff, name, form).await,
        "delete" => {
            let input = delete_document::FlagDeleteInput {
                expected_version: version(form),
                name: name.to_owned(),
            };
            deed::run(staff, AdminFlagDelete, delete_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// A rule without a percent goes.
async fn save(staff: &Staff, name: &str, form: &Form) -> Outcome {
    let named = countries::all(staff).await?;
    let mut rows = form.all("row");
    rows.retain(|row| form.some(&format!("{row}.percent")).is_some());
    let mut typed = Typed::of(form);
    let percent = typed.number("percent");
    let rules = rows.iter().map(|row| rule(&mut typed, form, row, staff, &named));
    let rules: Vec<_> = rules.collect();
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let input = save_document::FlagSetInput {
        description: form.field("description").map(str::to_owned),
        expected_version: version(form),
        is_on: Some(form.some("isOn").is_some()),
        name: name.to_owned(),
        percent,
        rules: Some(rules),
    };
    let refused = deed::run(staff, AdminFlagSave, save_document::Variables { input }).await?;
    Ok(refused.into_iter().map(|refusal| told(refusal, &rows)).collect())
}

fn rule(
    typed: &mut Typed<'_>,
    form: &Form,
    row: &str,
    staff: &Staff,
    named: &[(String, String)],
) -> save_document::FlagRuleInput {
    let field = |name: &str| format!("{row}.{name}");
    let all = |name: &str| {
        let all = form.all(&field(name)).into_iter();
        all.filter(|chosen| !chosen.is_empty()).collect::<Vec<_>>()
    };
    let mut time = |name: &str| match form.some(&field(name)) {
        Some(_) => typed.time(&field(name), staff.zone()),
        None => None,
    };
    let (starts_at, ends_at) = (time("startsAt"), time("endsAt"));
    save_document::FlagRuleInput {
        audience: form.some(&field("audience")).map(save_document::FlagAudience::Other),
        countries: typed::countries(&form.all(&field("countries")).join(","), named),
        customer_group_ids: all("customerGroupIds"),
        ends_at,
        market_ids: all("marketIds"),
        percent: typed.number(&field("percent")).unwrap_or_default(),
        starts_at,
    }
}

/// At the row of the rule that it is about.
fn told(refusal: Refusal, rows: &[String]) -> Refusal {
    let row = refusal.place("rules").and_then(|place| rows.get(place));
    match row.map(|row| format!("{row}.{}", refusal.name())) {
        Some(name) => refusal.told_at(&name),
        None => refusal,
    }
}

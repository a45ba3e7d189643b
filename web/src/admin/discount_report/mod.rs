//! `/admin/discounts/report`: what discounts did in a period, by day, by discount and by code.

use minijinja::context;

use super::{
    asked::{Asked, is_day},
    deed::{self, Refused},
    home::chart,
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminDiscountReport, AdminExportStart, admin_discount_report as document, admin_export_start as export_document,
    },
    problem::Problem,
    shown::value,
};

/// How many days are shown where nobody says which; today is the last.
const DAYS: u32 = 28;

const ASKED: [&str; 4] = ["from", "to", "currency", "discount"];

pub async fn show(staff: Staff) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    page(staff, &asked, None).await
}

/// `POST /admin/discounts/report`: every use of a discount, as a table.
pub async fn export(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let input = export_document::ExportStartInput {
        discount_id: form.some("discount"),
        kind: export_document::ExportKind::DiscountUses,
    };
    let refusals = deed::run(&staff, AdminExportStart, export_document::Variables { input }).await?;
    match Refused::any(&staff, "export", &form, &refusals) {
        Some(refused) => {
            let asked = Asked::of("/admin/discounts/report", "", &ASKED);
            page(staff, &asked, Some(refused)).await
        }
        None => Ok(staff.visit.go("/admin/exports?done=start")),
    }
}

async fn page(staff: Staff, asked: &Asked, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let api = staff.visit.site.api();
    let day = |name: &str, ago: u32| {
        asked
            .some(name)
            .filter(|day| is_day(day))
            .unwrap_or_else(|| api.day(ago))
    };
    let (from, to) = (day("from", DAYS - 1), day("to", 0));
    let variables = document::Variables {
        from: from.clone(),
        to: to.clone(),
        currency: asked.some("currency"),
        discount: asked.some("discount"),
    };
    let data = staff.visit.ask(AdminDiscountReport, variables).await?;
    let report = data.discount_report.as_ref().ok_or(Problem::NotFound)?;
    let given: Vec<_> = report.by_day.iter().map(given_away).collect();
    let most = chart::highest(&given).and_then(|index| report.by_day.get(index));
    let shown = context! {
        report => value(report),
        bars => value(&chart::bars(&given)),
        most => value(&most.map(|day| &day.figures.given_away)),
        from,
        to,
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/discount_report/page.html", shown)
}

fn given_away(day: &document::AdminDiscountReportDiscountReportByDay) -> (&str, &str) {
    (&day.day, &day.figures.given_away.amount)
}

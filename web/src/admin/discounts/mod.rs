//! `/admin/discounts`: the discounts, by words and filters that are addresses, and a new one.

use minijinja::context;

use super::{
    asked::Asked,
    choices, countries,
    deed::{self, Refused},
    discount::{
        PICKERS,
        draft::Draft,
        input::{found, input_of},
        shown::Shown,
    },
    goods,
    staff::{Permission, Sent, Staff},
    typed::texts,
};
use crate::{
    answer::Answer,
    documents::{
        AdminDiscountCreate, AdminDiscountNew, AdminDiscounts, admin_discount_create as create_document,
        admin_discount_new as new_document, admin_discounts as document,
        admin_discounts::{DiscountMethod, DiscountStatus},
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    shown::value,
    visit::Form,
};

const STATUSES: [(&str, DiscountStatus); 4] = [
    ("DRAFT", DiscountStatus::Draft),
    ("SCHEDULED", DiscountStatus::Scheduled),
    ("ACTIVE", DiscountStatus::Active),
    ("EXPIRED", DiscountStatus::Expired),
];

const METHODS: [(&str, DiscountMethod); 2] = [("CODE", DiscountMethod::Code), ("AUTOMATIC", DiscountMethod::Automatic)];

const ASKED: [&str; 4] = ["q", "status", "method", "deleted"];

input_of!(new_input, create_document);

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Catalog)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        query: asked.some("q"),
        status: asked.kind("status", &STATUSES),
        method: asked.kind("method", &METHODS),
        deleted: asked.some("deleted").map(|_| true),
    };
    let data = staff.visit.ask(AdminDiscounts, variables).await?;
    let discounts = data.discounts.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        discounts => value(discounts),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        methods => value(&METHODS.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/discounts/page.html", shown)
}

pub async fn show_new(staff: Staff) -> Answer {
    page(staff, None).await
}

/// `POST /admin/discounts`: a draft, which opens.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let mut made = None;
    let run = async {
        Ok::<_, Problem>(match make(&staff, &form).await? {
            Ok(id) => {
                made = Some(id);
                Vec::new()
            }
            Err(refusals) => refusals,
        })
    };
    let refused = goods::act(&staff, "create", &form, &PICKERS, run).await?;
    match (made, refused) {
        (Some(id), None) => Ok(staff.visit.go(&format!("/admin/discounts/{id}?done=create"))),
        (_, refused) => page(staff, refused).await,
    }
}

async fn make(staff: &Staff, form: &Form) -> Result<Result<String, Vec<Refusal>>, Problem> {
    let shop = staff
        .visit
        .ask(AdminDiscountNew, new_document::Variables {})
        .await?
        .shop;
    let draft = match Draft::read(form, &shop.currency_code, staff.zone()) {
        Ok(draft) => draft,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let goods = match found(staff, &draft).await? {
        Ok(goods) => goods,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let input = create_document::DiscountCreateInput {
        codes: texts(form.text("codes")),
        discount: new_input(draft, goods),
    };
    let data = staff
        .visit
        .ask(AdminDiscountCreate, create_document::Variables { input })
        .await?;
    let payload = data.discount_create.ok_or(Problem::Broken)?;
    Ok(match payload.discount {
        Some(discount) => Ok(discount.id),
        None => Err(super::discount::at_fields(refusals(&payload.user_errors))),
    })
}

async fn page(staff: Staff, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let data = staff.visit.ask(AdminDiscountNew, new_document::Variables {}).await?;
    let groups = data.customer_groups.as_ref().map(|groups| &groups.nodes);
    let shown = context! {
        countries => value(&countries::all(&staff).await?),
        categories => value(&choices::branches(&data.categories, "slug")),
        collections => value(&choices::titled(&data.collections_connection, "slug")),
        shown => value(&Shown::default()),
        own => data.shop.currency_code.as_str(),
        markets => value(&data.markets),
        groups => value(&groups),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/discounts/new.html", shown)
}

//! `/admin/me`: one's own password, second factor and sessions.

use axum::extract::{Path, Query};
use minijinja::{Value, context};

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminFactorConfirm, AdminFactorSetup, AdminLanguage, AdminMe, AdminPassword, AdminSessionEnd,
        admin_factor_confirm as confirm_document, admin_factor_setup as setup_document,
        admin_language as language_document, admin_me as document, admin_password as password_document,
        admin_session_end as session_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    shown::value,
    visit::{Form, LANGUAGE, YEAR},
};

/// What is shown once: the secret of a second factor, or the codes for those who lose it.
#[derive(Default)]
struct Secrets {
    setup: Value,
    codes: Option<Vec<String>>,
}

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told.done, Secrets::default(), None).await
}

/// `POST /admin/me/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { mut staff, form } = sent;
    let (secrets, refusals) = match deed.as_str() {
        "factor-setup" => set_up(&staff, &form).await?,
        "factor-confirm" => confirm(&staff, &form).await?,
        _ => (Secrets::default(), run(&staff, &deed, &form).await?),
    };
    let shows = secrets.codes.is_some() || !secrets.setup.is_undefined();
    if deed == "language" && refusals.is_empty() {
        staff.visit.set_cookie(LANGUAGE, form.text("language"), YEAR);
    }
    if refusals.is_empty() && !shows {
        return Ok(staff.visit.go(&format!("/admin/me?done={deed}")));
    }
    let refused = (!refusals.is_empty()).then(|| Refused::of(&staff, &deed, &form, &refusals));
    page(staff, "", secrets, refused).await
}

async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "password" => {
            let secret = |name: &str| form.field(name).unwrap_or_default().to_owned();
            let input = password_document::StaffPasswordChangeInput {
                current_password: secret("currentPassword"),
                new_password: secret("newPassword"),
            };
            deed::run(staff, AdminPassword, password_document::Variables { input }).await
        }
        "language" => {
            let language = form.text("language").to_owned();
            let input = language_document::StaffLanguageSetInput { language };
            deed::run(staff, AdminLanguage, language_document::Variables { input }).await
        }
        "session" => {
            let id = form.some("id").ok_or(Problem::BadForm)?;
            let input = session_document::SessionEndInput { id };
            deed::run(staff, AdminSessionEnd, session_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn set_up(staff: &Staff, form: &Form) -> Result<(Secrets, Vec<Refusal>), Problem> {
    let input = setup_document::StaffTwoFactorSetupInput {
        password: form.field("password").unwrap_or_default().to_owned(),
    };
    let data = staff
        .visit
        .ask(AdminFactorSetup, setup_document::Variables { input })
        .await?;
    let answered = data.staff_two_factor_setup.ok_or(Problem::Broken)?;
    let secrets = Secrets {
        setup: answered.setup.as_ref().map(value).unwrap_or_default(),
        codes: None,
    };
    Ok((secrets, refusals(&answered.user_errors)))
}

/// A wrong code leaves the set-up as it is: the app has the secret already.
async fn confirm(staff: &Staff, form: &Form) -> Result<(Secrets, Vec<Refusal>), Problem> {
    let input = confirm_document::StaffTwoFactorConfirmInput {
        code: form.text("code").to_owned(),
    };
    let data = staff
        .visit
        .ask(AdminFactorConfirm, confirm_document::Variables { input })
        .await?;
    let answered = data.staff_two_factor_confirm.ok_or(Problem::Broken)?;
    let secrets = Secrets {
        setup: Value::UNDEFINED,
        codes: answered.recovery_codes,
    };
    Ok((secrets, refusals(&answered.user_errors)))
}

async fn page(staff: Staff, done: &str, secrets: Secrets, refused: Option<Refused>) -> Answer {
    let data = staff.visit.ask(AdminMe, document::Variables {}).await?;
    let me = data.staff_viewer.as_ref().ok_or(Problem::SignedOut)?;
    let done = deed::done(&staff, "admin.me.done", done);
    let shown = context! {
        me => value(me),
        setup => if secrets.setup.is_undefined() { Value::from(()) } else { secrets.setup },
        codes => secrets.codes,
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/me/page.html", shown)
}

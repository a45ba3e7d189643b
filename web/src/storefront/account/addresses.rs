//! `/account/addresses/…`: a customer's own addresses, added, changed, taken away and brought back. Which fields there are
//! follows from the country.

use axum::{extract::Path, http::StatusCode};
use minijinja::context;

use crate::{
    answer::Answer,
    documents::{
        AccountAddressCreate, AccountAddressDelete, AccountAddressRestore, AccountAddressUpdate, AccountAddresses,
        account_address_create as create_document, account_address_delete as delete_document,
        account_address_restore as restore_document, account_address_update as update_document,
        account_addresses::{AccountAddressesViewerAddressesNodes as Saved, ResponseData, Variables},
    },
    postal::{self, Values},
    problem::Problem,
    storefront::{
        refusals::{Errors, Refusal, errors, refusals},
        shown::value,
    },
    visit::{Form, Posted, Visit},
};

/// What stands in an address's place for one that is not there yet.
const NEW: &str = "new";

/// What a form shows.
struct Shown<'a> {
    id: &'a str,
    version: Option<i64>,
    country: String,
    values: Values,
    is_default_shipping: bool,
    is_default_billing: bool,
    /// Whether its fields have changed with the country, and were not looked at since.
    is_switched: bool,
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    if !visit.is_signed_in() {
        return Err(Problem::SignedOut);
    }
    let data = visit.ask(AccountAddresses, Variables {}).await?;
    let saved = find(&data, &id)?;
    let query = Form::from(visit.uri.query().unwrap_or_default());
    let of_saved = || saved.map(|saved| saved.address.country_code.clone());
    let country = query.some("country").or_else(of_saved);
    let shown = Shown {
        id: &id,
        version: saved.map(|saved| saved.version),
        country: country.unwrap_or_else(|| data.shop.country_code.clone()),
        values: saved.map(|saved| postal::values(&saved.address)).unwrap_or_default(),
        is_default_shipping: saved.is_some_and(|saved| saved.default_shipping),
        is_default_billing: saved.is_some_and(|saved| saved.default_billing),
        is_switched: false,
    };
    page(visit, &shown, &Errors::new()).await
}

/// `POST /account/addresses/{id}`, where the id of a new one is `new`.
pub async fn save(Path(id): Path<String>, posted: Posted) -> Answer {
    let is_switched = postal::is_switched(&posted);
    let refused = match is_switched {
        true => Vec::new(),
        false => send(&posted, &id).await?,
    };
    let shown = Shown {
        id: &id,
        version: version(&posted),
        country: postal::country(&posted),
        values: postal::typed(&posted),
        is_default_shipping: posted.some("defaultShipping").is_some(),
        is_default_billing: posted.some("defaultBilling").is_some(),
        is_switched,
    };
    let visit = posted.visit;
    if refused.is_empty() && !is_switched {
        return Ok(visit.go("/account?done=saved"));
    }
    let errors = errors(&visit, &refused);
    page(visit, &shown, &errors).await
}

/// `POST /account/addresses/remove`.
pub async fn remove(posted: Posted) -> Answer {
    let id = posted.some("id").ok_or(Problem::BadForm)?;
    let input = delete_document::CustomerAddressDeleteInput {
        expected_version: None,
        id: id.clone(),
    };
    let visit = posted.visit;
    let data = visit
        .ask(AccountAddressDelete, delete_document::Variables { input })
        .await?;
    // One that is gone already is gone.
    let refused = refusals(&data.customer_address_delete.ok_or(Problem::Broken)?.user_errors);
    Ok(visit.go(&match refused.is_empty() {
        true => format!("/account?done=removed&undo={id}"),
        false => "/account".to_owned(),
    }))
}

/// `POST /account/addresses/restore`.
pub async fn restore(posted: Posted) -> Answer {
    let id = posted.some("id").ok_or(Problem::BadForm)?;
    let input = restore_document::CustomerAddressRestoreInput { id };
    let visit = posted.visit;
    let data = visit
        .ask(AccountAddressRestore, restore_document::Variables { input })
        .await?;
    let refused = refusals(&data.customer_address_restore.ok_or(Problem::Broken)?.user_errors);
    Ok(visit.go(if refused.is_empty() {
        "/account?done=restored"
    } else {
        "/account"
    }))
}

/// Nothing for a new one.
fn find<'a>(data: &'a ResponseData, id: &str) -> Result<Option<&'a Saved>, Problem> {
    if id == NEW {
        return Ok(None);
    }
    let viewer = data.viewer.as_ref().ok_or(Problem::SignedOut)?;
    let mut saved = viewer.addresses.iter().flat_map(|addresses| &addresses.nodes);
    saved.find(|saved| saved.id == id).map(Some).ok_or(Problem::NotFound)
}

async fn send(posted: &Posted, id: &str) -> Result<Vec<Refusal>, Problem> {
    // What is not ticked at a new one is left to the API, for which the first is the default.
    let ticked = |name: &str| posted.some(name).map(|_| true);
    if id == NEW {
        let input = create_document::CustomerAddressCreateInput {
            address: postal::input!(posted, create_document),
            default_billing: ticked("defaultBilling"),
            default_shipping: ticked("defaultShipping"),
        };
        let asked = posted
            .visit
            .ask(AccountAddressCreate, create_document::Variables { input });
        let answered = asked.await?.customer_address_create.ok_or(Problem::Broken)?;
        return Ok(refusals(&answered.user_errors));
    }
    let input = update_document::CustomerAddressUpdateInput {
        address: Some(postal::input!(posted, update_document)),
        default_billing: Some(posted.some("defaultBilling").is_some()),
        default_shipping: Some(posted.some("defaultShipping").is_some()),
        expected_version: version(posted),
        id: id.to_owned(),
    };
    let asked = posted
        .visit
        .ask(AccountAddressUpdate, update_document::Variables { input });
    let answered = asked.await?.customer_address_update.ok_or(Problem::Broken)?;
    Ok(refusals(&answered.user_errors))
}

/// The one that the form was shown with.
fn version(form: &Form) -> Option<i64> {
    form.text("expectedVersion").parse().ok()
}

async fn page(visit: Visit, shown: &Shown<'_>, errors: &Errors) -> Answer {
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let is_new = shown.id == NEW;
    let values = context! {
        base => format!("/account/addresses/{}", shown.id),
        is_new,
        version => shown.version,
        is_default_shipping => shown.is_default_shipping,
        is_default_billing => shown.is_default_billing,
        is_switched => shown.is_switched,
        errors => value(errors),
        is_indexed => false,
    };
    let fields = postal::fields(&visit, &shown.country, &shown.values).await?;
    let values = context! { ..values, ..fields };
    visit.show_as(status, "storefront/account/address.html", values).await
}

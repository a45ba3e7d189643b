//! Countries, to be chosen by name.

use crate::{
    admin::{staff::Staff, typed},
    documents::{AdminCountries, admin_countries::Variables},
    problem::Problem,
    visit::Form,
};

/// All of them, each with its two letters, by what they are called in the language of the page.
///
/// # Errors
/// Where there is no answer.
pub async fn all(staff: &Staff) -> Result<Vec<(String, String)>, Problem> {
    let language = staff.visit.language.clone();
    let data = staff.visit.ask(AdminCountries, Variables { language }).await?;
    let named = data.countries.into_iter().map(|country| (country.code, country.name));
    Ok(named.collect())
}

/// As [`all`], with the rest of the world before them, as zones name it.
///
/// # Errors
/// Where there is no answer.
pub async fn and_elsewhere(staff: &Staff) -> Result<Vec<(String, String)>, Problem> {
    let elsewhere = ("*".to_owned(), staff.visit.say("admin.settings.elsewhere"));
    Ok(std::iter::once(elsewhere).chain(all(staff).await?).collect())
}

/// Those that a form has in its field `countries`: chosen, or typed by their names or letters.
///
/// # Errors
/// Where there is no answer.
pub async fn read(staff: &Staff, form: &Form) -> Result<Vec<String>, Problem> {
    let named = all(staff).await?;
    Ok(typed::countries(&form.all("countries").join(","), &named))
}

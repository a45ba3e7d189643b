//! What is done with groups of synonyms: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{id, nulls, texts, version},
    },
    documents::{
        AdminSynonymsCreate, AdminSynonymsDelete, AdminSynonymsRestore, AdminSynonymsSave,
        admin_synonyms_create as create_document, admin_synonyms_delete as delete_document,
        admin_synonyms_restore as restore_document, admin_synonyms_save as save_document,
    },
    problem::Problem,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    let refused = match deed {
        "create" => {
            let input = create_document::SynonymGroupCreateInput {
                language: form.some("language"),
                synonyms: texts(form.text("synonyms")),
                term: form.some("term"),
            };
            deed::run(staff, AdminSynonymsCreate, create_document::Variables { input }).await?
        }
        "save" => {
            let input = save_document::SynonymGroupUpdateInput {
                expected_version: version(form),
                id: id(form)?,
                language: form.some("language"),
                synonyms: Some(texts(form.text("synonyms"))),
                term: form.some("term"),
            };
            let nulls = nulls(form, &["term", "language"]);
            deed::run_with_nulls(staff, AdminSynonymsSave, save_document::Variables { input }, &nulls).await?
        }
        "delete" => {
            let input = delete_document::SynonymGroupDeleteInput {
                expected_version: version(form),
                id: id(form)?,
            };
            deed::run(staff, AdminSynonymsDelete, delete_document::Variables { input }).await?
        }
        "restore" => {
            let input = restore_document::SynonymGroupRestoreInput { id: id(form)? };
            deed::run(staff, AdminSynonymsRestore, restore_document::Variables { input }).await?
        }
        _ => return Err(Problem::NotFound),
    };
    Ok(refused
        .into_iter()
        .map(|refusal| refusal.at_list(&["synonyms"]))
        .collect())
}

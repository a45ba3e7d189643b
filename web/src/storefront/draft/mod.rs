//! `/drafts/{id}`: what staff put together for whoever opens its link, who looks at it and goes on to pay it.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
};
use minijinja::context;
use serde::Deserialize;

use super::{
    cart::paying::{self, Opened},
    shown::value,
};
use crate::{
    answer::Answer,
    documents::{
        DraftPage, draft_page as document,
        draft_page::{DraftOrderStatus, DraftPageDraftOrder},
    },
    problem::Problem,
    visit::{Posted, Visit},
};

#[derive(Deserialize)]
pub struct Link {
    token: Option<String>,
}

/// The token goes from the address into a cookie at once: addresses are seen by many.
pub async fn show(mut visit: Visit, Path(id): Path<String>, Query(link): Query<Link>) -> Answer {
    if let Some(token) = link.token {
        paying::open(&mut visit, &id, &token);
        return Ok(visit.go(&format!("/drafts/{id}")));
    }
    let Some((draft, _)) = find(&visit, id).await? else {
        return visit
            .show_as(
                StatusCode::NOT_FOUND,
                "storefront/draft/unopened.html",
                context! { is_indexed => false },
            )
            .await;
    };
    let is_payable = is_payable(&draft);
    let shown = context! { draft => value(&draft), is_payable, is_indexed => false };
    visit.show("storefront/draft/page.html", shown).await
}

/// On to the checkout, of this in place of the visitor's own cart.
pub async fn pay(Path(id): Path<String>, posted: Posted) -> Answer {
    let mut visit = posted.visit;
    let page = format!("/drafts/{id}");
    let Some((draft, opened)) = find(&visit, id).await? else {
        return Ok(visit.go(&page));
    };
    match draft.cart.as_ref().filter(|_| is_payable(&draft)) {
        Some(cart) => {
            paying::begin(&mut visit, &opened, &cart.id);
            Ok(visit.go("/checkout"))
        }
        None => Ok(visit.go(&page)),
    }
}

/// By the token that its link brought.
async fn find(visit: &Visit, id: String) -> Result<Option<(DraftPageDraftOrder, Opened)>, Problem> {
    let Some(opened) = paying::opened(visit).filter(|opened| opened.id == id) else {
        return Ok(None);
    };
    let token = Some(opened.token.clone());
    let data = visit.ask(DraftPage, document::Variables { id, token }).await?;
    Ok(data.draft_order.map(|draft| (draft, opened)))
}

/// Whether it may be paid, and nothing of it is gone.
fn is_payable(draft: &DraftPageDraftOrder) -> bool {
    let is_whole = |cart: &document::Basket| cart.problems.iter().all(|problem| problem.line_id.is_none());
    matches!(draft.status, DraftOrderStatus::Sent) && draft.cart.as_ref().is_some_and(is_whole)
}

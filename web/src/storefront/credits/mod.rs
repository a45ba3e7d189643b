//! What pays before the payment method does: the forms of gift cards and store credit, at the cart and at the last step of
//! the checkout.

use axum::response::Response;

use super::{
    cart::{back, id, show_with},
    checkout,
    refusals::{Refusal, errors, refusals},
};
use crate::{
    answer::Answer,
    documents::{
        CartCreditsAccept, CartGiftCardAdd, CartGiftCardRemove, CartStoreCreditUpdate, cart_credits_accept,
        cart_gift_card_add, cart_gift_card_remove, cart_store_credit_update,
    },
    problem::Problem,
    visit::{Posted, Visit},
};

/// `POST /cart/gift-cards`: a card pays, by its code.
pub async fn add_gift_card(posted: Posted) -> Answer {
    let (from, code) = (From::of(&posted), posted.text("code").to_owned());
    let Posted { visit, .. } = posted;
    let Some(cart_id) = from.cart(&visit) else {
        return Ok(back(visit));
    };
    let input = cart_gift_card_add::CartGiftCardAddInput {
        cart_id,
        code,
        expected_version: None,
    };
    let data = visit
        .ask(CartGiftCardAdd, cart_gift_card_add::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    from.finish(visit, &refusals(&changed.user_errors)).await
}

/// `POST /cart/gift-cards/remove`: a card pays no longer.
pub async fn remove_gift_card(posted: Posted) -> Answer {
    let (from, gift_card_id) = (From::of(&posted), posted.some("card").ok_or(Problem::BadForm)?);
    let Posted { visit, .. } = posted;
    let Some(cart_id) = from.cart(&visit) else {
        return Ok(back(visit));
    };
    let input = cart_gift_card_remove::CartGiftCardRemoveInput {
        cart_id,
        expected_version: None,
        gift_card_id,
    };
    let data = visit
        .ask(CartGiftCardRemove, cart_gift_card_remove::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    from.finish(visit, &refusals(&changed.user_errors)).await
}

/// `POST /cart/store-credit`: the customer's credit pays, or no longer.
pub async fn use_store_credit(posted: Posted) -> Answer {
    let (from, use_) = (From::of(&posted), posted.text("use") == "yes");
    let Posted { visit, .. } = posted;
    let Some(cart_id) = from.cart(&visit) else {
        return Ok(back(visit));
    };
    let input = cart_store_credit_update::CartStoreCreditUpdateInput {
        cart_id,
        expected_version: None,
        use_,
    };
    let data = visit
        .ask(CartStoreCreditUpdate, cart_store_credit_update::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    from.finish(visit, &refusals(&changed.user_errors)).await
}

/// `POST /cart/credits`: what is left on them has been seen.
pub async fn accept_credits(posted: Posted) -> Answer {
    let from = From::of(&posted);
    let Posted { visit, .. } = posted;
    let Some(cart_id) = from.cart(&visit) else {
        return Ok(back(visit));
    };
    let input = cart_credits_accept::CartCreditsAcceptInput {
        cart_id,
        expected_version: None,
    };
    let data = visit
        .ask(CartCreditsAccept, cart_credits_accept::Variables { input })
        .await?;
    let changed = data.changed.ok_or(Problem::Broken)?;
    from.finish(visit, &refusals(&changed.user_errors)).await
}

/// On which page the form stood.
enum From {
    Cart,
    Checkout,
}

impl From {
    fn of(posted: &Posted) -> Self {
        match posted.text("from") {
            "payment" => Self::Checkout,
            _ => Self::Cart,
        }
    }

    /// The cart that the form is about.
    fn cart(&self, visit: &Visit) -> Option<String> {
        match self {
            Self::Cart => id(visit),
            Self::Checkout => checkout::paid(visit),
        }
    }

    async fn finish(self, visit: Visit, refused: &[Refusal]) -> Answer {
        if refused.is_empty() {
            return Ok(self.back(visit));
        }
        // Beside it may stand the form of discount codes, whose field is `code`, too.
        let refused = refused.iter().cloned();
        let told: Vec<_> = refused.map(|refusal| refusal.called(&["code"], "gift-code")).collect();
        let errors = errors(&visit, &told);
        match self {
            Self::Cart => show_with(visit, errors).await,
            Self::Checkout => checkout::payment_with(visit, errors).await,
        }
    }

    fn back(&self, visit: Visit) -> Response {
        match self {
            Self::Cart => back(visit),
            Self::Checkout => visit.go("/checkout/payment"),
        }
    }
}

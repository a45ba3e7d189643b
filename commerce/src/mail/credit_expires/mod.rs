//! The time of a gift card, or of store credit, is over soon.

use vitrine_entity::{
    credit_account::{self, CreditKind},
    ids::CreditAccountId,
};

use crate::{
    Shop, credit,
    jobs::JobError,
    language::{Language, Message, Value, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    money::Money,
    outbox::Lease,
    ports::mailer::Mail,
};

/// What is left, and until when. The code of a card is not told again: whoever has it has it from the first mail.
pub(super) struct CreditExpires {
    pub(super) shop_name: String,
    pub(super) amount: Money,
    /// The last characters of a gift card's code; none of store credit.
    pub(super) digits: Option<String>,
    pub(super) expires: Value,
    pub(super) link: String,
}

templates! { CreditExpires: "credit_expires/body.txt", "credit_expires/body.html" }

impl Letter for CreditExpires {
    fn subject(&self) -> Message {
        messages::mail_credit_expires_subject(self.amount, &self.shop_name)
    }

    fn heading(&self) -> Message {
        messages::mail_credit_expires_heading()
    }
}

impl CreditExpires {
    fn text(&self) -> Message {
        match &self.digits {
            Some(digits) => messages::mail_credit_expires_card(self.amount, digits, self.expires.clone()),
            None => messages::mail_credit_expires_own(self.amount, self.expires.clone()),
        }
    }
}

/// `None` where nothing is left by now, it has more time, or nobody is there to be told.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: CreditAccountId) -> Result<Option<Mail>, JobError> {
    let Some(credit::Reminded { account, to, locale }) = credit::to_be_reminded(shop, id).await? else {
        return Ok(None);
    };
    let Some(shown) = shown(shop, &account) else {
        return Ok(None);
    };
    let language = Language::of(&locale, &shop.profile().country);
    Ok(Some(render(&shown, &language, lease.id.to_string(), &to)?))
}

fn shown(shop: &Shop, account: &credit_account::Model) -> Option<CreditExpires> {
    let profile = shop.profile();
    Some(CreditExpires {
        shop_name: one_line(&profile.name),
        amount: Money::new(account.balance_minor, account.currency),
        digits: match account.kind {
            CreditKind::GiftCard => account.last_four.clone(),
            CreditKind::StoreCredit => None,
        },
        expires: (account.expires_at?, profile.time_zone).into(),
        link: shop.settings.public_url.clone(),
    })
}

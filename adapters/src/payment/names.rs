//! How what is a provider's names what is ours, in a text of ours that it repeats: PayPal's `custom_id`, Klarna's
//! `merchant_reference2` and its refunds' `reference`. An account may be used by others, too, so that the shop is part of it:
//! `inst_…:pay_…`, and of a refund `inst_…:pay_…:rfd_…`.

use vitrine_entity::ids::{PaymentId, RefundId};

/// What such a text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    shop: String,
    pub(super) payment: PaymentId,
    pub(super) refund: Option<RefundId>,
}

impl Named {
    /// `None` for what we did not write.
    pub(super) fn read(text: Option<&str>) -> Option<Self> {
        let mut parts = text?.split(':');
        let named = Self {
            shop: parts.next()?.to_owned(),
            payment: parts.next()?.parse().ok()?,
            refund: parts.next().map(str::parse).transpose().ok()?,
        };
        parts.next().is_none().then_some(named)
    }

    /// As [`read`](Self::read), of `shop` alone.
    pub(super) fn of(text: Option<&str>, shop: &str) -> Option<Self> {
        Self::read(text).filter(|named| named.shop == shop)
    }
}

pub(super) fn payment(shop: &str, payment: PaymentId) -> String {
    format!("{shop}:{payment}")
}

pub(super) fn refund(shop: &str, payment: PaymentId, refund: RefundId) -> String {
    format!("{shop}:{payment}:{refund}")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use vitrine_entity::ids::InstallationId;

    use super::*;

    #[test]
    fn what_is_written_is_read_by_its_shop_alone() {
        let shop = InstallationId(Uuid::from_u128(1)).to_string();
        let (ours, back) = (PaymentId(Uuid::from_u128(7)), RefundId(Uuid::from_u128(8)));
        let (of_payment, of_refund) = (payment(&shop, ours), refund(&shop, ours, back));
        // No more fits into a `custom_id`.
        assert!(of_refund.len() <= 127, "{of_refund}");
        let named = Named::of(Some(&of_payment), &shop).unwrap();
        assert_eq!((named.payment, named.refund), (ours, None));
        let named = Named::of(Some(&of_refund), &shop).unwrap();
        assert_eq!((named.payment, named.refund), (ours, Some(back)));
        assert_eq!(Named::of(Some(&of_payment), "inst_2"), None);
        assert!(Named::read(Some(&of_payment)).is_some());
    }

    #[test]
    fn what_others_write_names_nothing() {
        let payment = PaymentId(Uuid::from_u128(7));
        for text in [
            String::new(),
            "1001".to_owned(),
            "inst_1:".to_owned(),
            "inst_1:ord_1".to_owned(),
            format!("inst_1:{payment}:x"),
            format!("inst_1:{payment}:rfd_1:more"),
        ] {
            assert_eq!(Named::read(Some(&text)), None, "{text}");
        }
        assert_eq!(Named::read(None), None);
    }
}

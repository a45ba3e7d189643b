//! A type for each id, so that an order's never meets a cart's.
//!
//! Outside the database an id is written in the TypeID form: its kind, an underscore, and its
//! 128 bits in Crockford's base 32 (`ord_01j9…`). Ids that sort by time are UUID version 7; ids
//! that open something (a cart's) are random in all their bits. The `typeid` crates carry their
//! own wrapper types, to which SeaORM's traits cannot be added; the encoding is thirty lines.

use std::{fmt, str::FromStr};

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use uuid::Uuid;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not an id of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the kind `{expected}`")]
pub struct InvalidId {
    /// The prefix that was expected.
    pub expected: &'static str,
}

/// 128 bits as 26 characters of Crockford's base 32, lower case.
pub fn encode_base32(id: Uuid) -> String {
    let bits = id.as_u128();
    (0..26)
        .map(|i| ALPHABET[((bits >> (125 - 5 * i)) & 31) as usize] as char)
        .collect()
}

/// The reverse of [`encode_base32`]; `None` for any other text.
pub fn decode_base32(text: &str) -> Option<Uuid> {
    let digits = text.as_bytes();
    // The first digit holds three bits only: 26 × 5 = 130.
    if digits.len() != 26 || digits[0] > b'7' {
        return None;
    }
    digits
        .iter()
        .try_fold(0u128, |bits, digit| {
            let value = ALPHABET.iter().position(|letter| letter == digit)?;
            Some((bits << 5) | value as u128)
        })
        .map(Uuid::from_u128)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType)]
            pub struct $name(pub Uuid);

            impl $name {
                /// What stands before the underscore.
                pub const PREFIX: &'static str = $prefix;
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "{}_{}", Self::PREFIX, encode_base32(self.0))
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(self, f)
                }
            }

            impl FromStr for $name {
                type Err = InvalidId;

                fn from_str(text: &str) -> Result<Self, InvalidId> {
                    text.strip_prefix(Self::PREFIX)
                        .and_then(|rest| rest.strip_prefix('_'))
                        .and_then(decode_base32)
                        .map(Self)
                        .ok_or(InvalidId { expected: Self::PREFIX })
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                    text.parse().map_err(serde::de::Error::custom)
                }
            }

            impl From<Uuid> for $name {
                fn from(id: Uuid) -> Self {
                    Self(id)
                }
            }

            impl From<$name> for Uuid {
                fn from(id: $name) -> Self {
                    id.0
                }
            }

            impl TryFromU64 for $name {
                fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                    Err(DbErr::ConvertFromU64(stringify!($name)))
                }
            }
        )*
    };
}

ids! {
    /// A basket. Random in all its bits: holding it is the guest's right to it.
    CartId = "cart";
    AttributeDefinitionId = "attr";
    AppId = "app";
    AppKeyId = "akey";
    BackorderId = "bord";
    BulkOperationId = "bulk";
    CaptureId = "cap";
    CartLineId = "cline";
    CatalogId = "ctlg";
    CategoryId = "cat";
    CollectionId = "coll";
    CompanyId = "comp";
    CompanyLocationId = "cloc";
    CreditAccountId = "credit";
    CreditFindingId = "crfind";
    CustomerAddressId = "addr";
    CustomerConsentId = "mcon";
    CustomerEmailChangeId = "cmail";
    CustomerGroupId = "cgrp";
    CustomerId = "cus";
    CustomerNoticeId = "cnote";
    CustomerPasswordResetId = "crst";
    CustomerSignUpId = "csup";
    DiscountCodeBatchId = "dbatch";
    DiscountCodeId = "dcode";
    DiscountId = "disc";
    DiscountRedemptionId = "dred";
    DocumentId = "doc";
    DraftOrderId = "draft";
    EconomicOperatorId = "eop";
    EventId = "evt";
    ExportId = "exp";
    IdentityHandshakeId = "idhs";
    IdentityId = "idn";
    ImportedOrderId = "iord";
    InstallationId = "inst";
    LegacyOrderId = "legacy";
    LocationId = "loc";
    MarketId = "market";
    MediaId = "media";
    MediaImportId = "mimp";
    MenuId = "menu";
    NotificationId = "ntf";
    OrderAdjustmentId = "oadj";
    OrderDownloadId = "dl";
    OrderClaimId = "claim";
    OrderId = "ord";
    OrderLineId = "oline";
    OrderMailResendId = "omail";
    OrderNoteId = "onote";
    OrderSmsConsentId = "smsc";
    OrderVersionId = "over";
    OutboxId = "job";
    PageId = "page";
    PageVersionId = "text";
    PaymentId = "pay";
    PaymentEntryId = "pent";
    PersonErasureId = "era";
    PersonExportId = "pexp";
    PictureId = "pic";
    PriceScheduleId = "psched";
    ProductId = "prod";
    ProductImportId = "pimport";
    ProductVideoId = "vid";
    ProviderCustomerId = "pcus";
    PurchaseRequestId = "preq";
    PushSubscriptionId = "push";
    ReconciliationFindingId = "find";
    ReconciliationId = "rec";
    RefreshTokenId = "rtok";
    RefundId = "rfd";
    ReservationId = "rsv";
    ReturnId = "ret";
    ReturnLineId = "rline";
    ReturnPictureId = "rpic";
    SavedPaymentMethodId = "spm";
    SearchRuleId = "srule";
    SessionId = "ses";
    ShipmentEventId = "sevt";
    ShipmentId = "ship";
    ShipmentLineId = "sline";
    ShippingMethodId = "shm";
    ShippingZoneId = "shz";
    SigningKeyId = "skey";
    StaffAuditId = "aud";
    StaffInvitationId = "inv";
    StaffMemberId = "staff";
    StagedUploadId = "upl";
    StaffPasswordResetId = "rst";
    StaffRecoveryCodeId = "rcode";
    StaffRoleId = "role";
    StockAlertId = "salert";
    StockCountId = "cnt";
    StockEntryId = "sent";
    StockTransferId = "trf";
    SynonymGroupId = "syn";
    TaxRateId = "tax";
    UrlRedirectId = "urlr";
    VariantFileId = "file";
    VariantId = "var";
    WebhookDeliveryId = "whdel";
    WebhookEndpointId = "whep";
    WithdrawalId = "wdr";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_round_trip() {
        for bits in [0, 1, 0x0193_4a5b_7c8d_7e9f_8a1b_2c3d_4e5f_6071, u128::MAX] {
            let id = OrderId(Uuid::from_u128(bits));
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn a_foreign_kind_is_refused() {
        let cart = CartId(Uuid::from_u128(7)).to_string();
        assert_eq!(cart.parse::<OrderId>(), Err(InvalidId { expected: "ord" }));
        for text in [
            "",
            "ord_",
            "ord_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "ord_01J9",
            "ord-01",
            "ord_iiiiiiiiiiiiiiiiiiiiiiiiii",
        ] {
            assert!(text.parse::<OrderId>().is_err(), "{text}");
        }
    }

    #[test]
    fn ids_sort_as_their_bits_do() {
        let (a, b) = (OrderId(Uuid::from_u128(31)), OrderId(Uuid::from_u128(32)));
        assert!(a < b && a.to_string() < b.to_string());
    }
}

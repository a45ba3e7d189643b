use async_graphql::SimpleObject;
use vitrine_commerce::catalog::variants::{Edited, barcode};

/// Something that was done all the same, and that staff should look at.
#[derive(Debug, SimpleObject)]
pub struct VariantWarning {
    /// What is odd, in a sentence for a person.
    pub message: String,
    /// The path of the input's field that it is about.
    pub field: Vec<String>,
}

/// What is odd about the variants that an edit was about, in the order of its input.
pub fn warnings(edited: &Edited) -> Vec<VariantWarning> {
    let odd = edited.variants.iter().enumerate().filter_map(|(index, row)| {
        let message = barcode::warning(row.barcode.as_deref()?)?;
        let field = ["input", "variants", &index.to_string(), "barcode"].map(str::to_owned);
        Some(VariantWarning {
            message,
            field: field.to_vec(),
        })
    });
    odd.collect()
}

/// Makes the payload of a mutation of many variants; `warns` where its input brings barcodes.
macro_rules! variants_payload {
    ($(#[$doc:meta])* $name:ident) => {
        $crate::graphql::variant::mutation::payload::variants_payload! { @ $(#[$doc])* $name {} }
    };
    ($(#[$doc:meta])* $name:ident warns) => {
        $crate::graphql::variant::mutation::payload::variants_payload! { @ $(#[$doc])* $name {
            /// What was done all the same, and should be looked at: a barcode whose check digit is wrong.
            warnings: Vec<$crate::graphql::variant::mutation::payload::VariantWarning> = super::payload::warnings,
        } }
    };
    (@ $(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty = $read:path,)? }) => {
        $(#[$doc])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            /// The product as it is now.
            pub product: Option<$crate::graphql::product::object::Product>,
            /// The variants that the input named, as they are now, in its order.
            pub variants: Option<Vec<$crate::graphql::variant::object::ProductVariant>>,
            $($(#[$field_doc])* pub $field: $type,)?
            /// Why nothing was done; empty when it was done.
            pub user_errors: Vec<$crate::graphql::shared::UserError>,
        }

        impl $name {
            /// # Errors
            /// When something is broken, and not by the caller.
            pub fn of(
                result: vitrine_commerce::Result<vitrine_commerce::catalog::variants::Edited>,
            ) -> $crate::graphql::shared::Result<Option<Self>> {
                let (edited, user_errors) = $crate::graphql::shared::outcome(result)?;
                $(let $field = edited.as_ref().map($read).unwrap_or_default();)?
                let (product, variants) = edited.map(|edited| (edited.product, edited.variants)).unzip();
                let variants = variants.map(|rows: Vec<_>| {
                    rows.into_iter().map($crate::graphql::variant::object::ProductVariant).collect()
                });
                Ok(Some(Self {
                    product: product.map($crate::graphql::product::object::Product),
                    variants,
                    $($field,)?
                    user_errors,
                }))
            }
        }
    };
}
pub(crate) use variants_payload;

//! Asks a public register whether it knows a business by its VAT number.

use async_trait::async_trait;

/// A register of VAT numbers.
#[async_trait]
pub trait VatRegister: Send + Sync {
    /// Whether the register knows the number: the letters that it begins with (`EL` for Greece), and what follows.
    ///
    /// # Errors
    /// When it gave no answer, or none in time: nothing is known of the number then.
    async fn knows(&self, prefix: &str, digits: &str) -> Result<bool, VatRegisterError>;
}

/// The register gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("the VAT register gave no answer: {0}")]
pub struct VatRegisterError(pub String);

use serde::Deserialize;
use utoipa::ToSchema;
use vitrine_commerce::address::AddressInput;

/// A postal address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Address)]
pub(in crate::rest) struct AddressBody {
    /// Who receives it.
    #[schema(example = "Ada Lovelace", max_length = 200)]
    name: String,
    /// The company that receives it.
    #[schema(max_length = 200)]
    company: Option<String>,
    /// Street and number.
    #[schema(example = "Unter den Linden 1", max_length = 200)]
    line1: String,
    /// Floor, flat, or what else helps to find it.
    #[schema(max_length = 200)]
    line2: Option<String>,
    /// City or village. Needed nearly everywhere: GraphQL's `countries` tells where not.
    #[serde(default)]
    #[schema(example = "Berlin", max_length = 200)]
    city: String,
    /// A state or province, where the country has them.
    #[schema(max_length = 200)]
    region: Option<String>,
    /// Needed where GraphQL's `countries` says so, in the form of the country's codes.
    #[serde(default)]
    #[schema(example = "10117", max_length = 20)]
    postal_code: String,
    /// ISO 3166-1, two letters.
    #[schema(example = "DE", min_length = 2, max_length = 2)]
    country_code: String,
    /// For whoever delivers.
    #[schema(max_length = 200)]
    phone: Option<String>,
}

impl From<AddressBody> for AddressInput {
    fn from(body: AddressBody) -> Self {
        Self {
            name: body.name,
            company: body.company,
            line1: body.line1,
            line2: body.line2,
            city: body.city,
            region: body.region,
            postal_code: body.postal_code,
            country: body.country_code,
            phone: body.phone,
        }
    }
}

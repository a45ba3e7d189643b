//! Which taxes a cart bears.

use sea_orm::{ConnectionTrait, EntityTrait};
use vitrine_entity::{cart, customer, tax_record::TaxTreatment};

use crate::{
    Result, Shop,
    delivery::{
        Destination, KeptDelivery,
        tax::{
            TaxRates,
            treatment::{Buyer, treatment},
        },
    },
    pricing::{self, Rate},
    profile::{ShippingTax, TaxAbroad},
};

/// Which taxes a cart bears, and why.
#[derive(Debug, Clone)]
pub(super) struct Taxation {
    pub(super) treatment: TaxTreatment,
    /// Whose taxes they are.
    pub(super) country: String,
    /// By these its prices are taxed, or where it is untaxed, relieved of the tax that they contain.
    pub(super) rates: TaxRates,
    pub(super) is_untaxed: bool,
    /// Why the customer is exempt, as staff wrote it.
    pub(super) exempt_reason: Option<String>,
    pub(super) shipping: ShippingTax,
}

impl Taxation {
    /// Of a cart whose goods go to `to`.
    pub(super) async fn of(
        shop: &Shop,
        db: &impl ConnectionTrait,
        delivery: &KeptDelivery,
        cart: &cart::Model,
        to: &Destination,
    ) -> Result<Self> {
        let customer = match cart.customer_id {
            Some(id) => customer::Entity::find_by_id(id).one(db).await?,
            None => None,
        };
        let exempt = customer.filter(|customer| customer.tax_exempt);
        let profile = shop.profile();
        let home = &*profile.country;
        let rates = delivery.rates_at(to);
        let treatment = treatment(&Buyer {
            home,
            to,
            has_rates: rates.any(),
            is_exempt: exempt.is_some(),
            tax_id: cart.tax_id.as_ref(),
            form_is_enough: shop.settings.vat_form_is_enough,
        });
        let is_untaxed = match treatment {
            TaxTreatment::Taxed => false,
            TaxTreatment::Exempt | TaxTreatment::ReverseCharge => true,
            TaxTreatment::Export => profile.tax_abroad == TaxAbroad::Remove,
        };
        // What prices contain is the tax of the shop's own country.
        let rates = match is_untaxed && to.country != home {
            true => delivery.rates_at(&Destination::new(home, None, None)),
            false => rates,
        };
        Ok(Self {
            treatment,
            country: to.country.clone(),
            rates,
            is_untaxed,
            exempt_reason: exempt.and_then(|customer| customer.tax_exempt_reason),
            shipping: profile.shipping_tax,
        })
    }

    /// How a method's price is taxed beside goods at these rates.
    pub(super) fn of_shipping<'rate>(
        &self,
        category: Option<&str>,
        goods: impl Iterator<Item = &'rate Rate>,
    ) -> pricing::ShippingTax {
        match (category, self.shipping) {
            (Some(category), _) => pricing::ShippingTax::Own(self.rates.of(Some(category))),
            (None, ShippingTax::OwnRate) => pricing::ShippingTax::Own(self.rates.of(None)),
            (None, ShippingTax::Proportional) => pricing::ShippingTax::LikeGoods,
            (None, ShippingTax::Highest) => {
                let highest = goods.max_by_key(|rate| (rate.basis_points(), *rate));
                pricing::ShippingTax::Own(highest.cloned().unwrap_or_default())
            }
        }
    }
}

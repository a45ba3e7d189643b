//! Changes that must not be made side by side take turns: a tree that two people change at once could become a circle, and
//! a bound that two count at once is passed by both, though each change by itself was right.

use crate::{Fault, Result, Tx, sql};

macro_rules! turns {
    ($($(#[$doc:meta])* $turn:ident = $name:literal;)*) => {
        /// What is changed in turn.
        #[derive(Debug, Clone, Copy)]
        pub(crate) enum Turn {
            $($(#[$doc])* $turn,)*
        }

        impl Turn {
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$turn),*];

            fn name(self) -> &'static str {
                match self { $(Self::$turn => $name,)* }
            }
        }
    };
}

turns! {
    Apps = "apps";
    Attributes = "attributes";
    BulkOperations = "bulk_operations";
    Catalogs = "catalogs";
    Categories = "categories";
    Collections = "collections";
    CustomerGroups = "customer_groups";
    Discounts = "discounts";
    EconomicOperators = "economic_operators";
    Exports = "exports";
    Imports = "imports";
    Invitations = "invitations";
    Locations = "locations";
    Metafields = "metafields";
    ProductCounts = "product_counts";
    Redirects = "redirects";
    Roles = "roles";
    SearchRules = "search_rules";
    ShippingZones = "shipping_zones";
    StockAlerts = "stock_alerts";
    Synonyms = "synonyms";
    TaxRates = "tax_rates";
    WebhookEndpoints = "webhook_endpoints";
}

/// Waits until no other transaction has this turn, and keeps it until this one ends. Whoever counts rows to hold a bound
/// takes it before.
pub(crate) async fn take(tx: &Tx, turn: Turn) -> Result<()> {
    let sql = "update catalog_turn set taken = taken + 1 where name = $1";
    match sql::execute(tx.db(), sql, [turn.name().into()]).await? {
        1 => Ok(()),
        _ => Err(Fault::Corrupt {
            table: "catalog_turn",
            column: "name",
            id: turn.name().to_owned(),
        }
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Viewer,
        memory::{context, fixture},
    };

    #[tokio::test]
    async fn every_turn_can_be_taken() {
        let (fixture, context) = (fixture().await, context(Viewer::Guest));
        let taken = fixture.shop.transact(&context, |tx| async move {
            for turn in Turn::ALL {
                take(&tx, *turn).await?;
            }
            Ok(())
        });
        taken.await.expect("a row for each");
    }
}

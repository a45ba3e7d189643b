//! Copies what was bought to the order: an order never changes with the catalogue.

use sea_orm::ActiveValue::Set;
use vitrine_entity::{
    ids::{OrderAdjustmentId, OrderId, OrderLineId},
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line,
};

use crate::{
    Tx,
    cart::{CartLineView, CartView},
    pricing::{Adjustment, Applied, Effect, Origin, ShareOf, Target},
};

/// Writes the order's lines, and what was taken off and put on.
pub(super) fn write(tx: &Tx, order: OrderId, view: &CartView) {
    let ids: Vec<_> = view.lines.iter().map(|_| OrderLineId(tx.shop().new_id())).collect();
    let rows = view.lines.iter().zip(&ids).enumerate();
    let rows = rows.map(|(position, (line, id))| line_row(*id, order, position as i32, line));
    tx.write_later::<order_line::Entity>(rows);
    write_adjustments(tx, order, &ids, &view.adjustments);
}

fn line_row(id: OrderLineId, order: OrderId, position: i32, line: &CartLineView) -> order_line::ActiveModel {
    order_line::ActiveModel {
        id: Set(id),
        order_id: Set(order),
        position: Set(position),
        product_id: Set(line.product.id),
        variant_id: Set(line.variant.id),
        sku: Set(line.variant.sku.clone()),
        title: Set(line.product.title.clone()),
        variant_title: Set(line.chosen_title().to_owned()),
        picture_source: Set(line.picture.as_ref().map(|picture| picture.source.clone())),
        quantity: Set(line.line.quantity),
        unit_price_minor: Set(line.unit_price.minor),
        unit_measurement: Set(line.variant.unit_measurement.clone()),
        weight_grams: Set(Some(line.variant.weight_grams)),
        subtotal_minor: Set(line.subtotal.minor),
        discount_minor: Set(line.discount.minor),
        tax_basis_points: Set(line.tax_basis_points),
        tax_minor: Set(line.tax.minor),
        total_minor: Set(line.total.minor),
        attributes: Set(line.line.attributes.clone()),
    }
}

fn write_adjustments(tx: &Tx, order: OrderId, lines: &[OrderLineId], applied: &[Applied]) {
    let mut rows = Vec::new();
    for (position, applied) in applied.iter().enumerate() {
        let Adjustment {
            effect,
            code,
            label,
            origin,
            ..
        } = &applied.adjustment;
        let (kind, target) = stored(*effect);
        let (discount, discount_code) = match *origin {
            Some(Origin::Discount { discount, code }) => (Some(discount), code),
            None => (None, None),
        };
        rows.extend(applied.shares.iter().map(|share| order_adjustment::ActiveModel {
            id: Set(OrderAdjustmentId(tx.shop().new_id())),
            order_id: Set(order),
            position: Set(position as i32),
            kind: Set(kind),
            target: Set(target),
            order_line_id: Set(match share.of {
                ShareOf::Line(index) => Some(lines[index]),
                ShareOf::Shipping | ShareOf::Total => None,
            }),
            amount_minor: Set(share.amount_minor),
            code: Set(code.clone()),
            label: Set(label.clone()),
            discount_id: Set(discount),
            discount_code_id: Set(discount_code),
        }));
    }
    tx.write_later::<order_adjustment::Entity>(rows);
}

fn stored(effect: Effect) -> (AdjustmentKind, AdjustmentTarget) {
    let aimed_at = |target| match target {
        Target::Line(_) => AdjustmentTarget::Line,
        Target::Goods => AdjustmentTarget::Goods,
        Target::Shipping => AdjustmentTarget::Shipping,
    };
    match effect {
        Effect::Discount(target) => (AdjustmentKind::Discount, aimed_at(target)),
        Effect::Fee(target) => (AdjustmentKind::Fee, aimed_at(target)),
        Effect::Credit => (AdjustmentKind::Credit, AdjustmentTarget::Total),
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{EntityTrait, QueryOrder};
    use uuid::Uuid;

    use super::*;
    use crate::{
        Viewer,
        memory::{context, fixture},
        pricing::Share,
        sql,
    };

    const ORDER: &str = "insert into orders (id, number, email, locale, status, currency, subtotal_minor, discount_minor, \
        shipping_minor, tax_minor, total_minor, prices_include_tax, shipping_address, billing_address, \
        shipping_method_name, access_token_hash, event_count, placed_at, updated_at) values ($1, 'V-1', \
        'ada@example.com', 'en', 'CREATED', 'EUR', 0, 0, 0, 0, 0, true, '{}', '{}', 'Standard', '', 0, $2, $2)";
    const LINE: &str = "insert into order_line (id, order_id, position, product_id, variant_id, sku, title, \
        variant_title, quantity, unit_price_minor, subtotal_minor, tax_basis_points, tax_minor, total_minor) \
        values ($1, $2, 0, $1, $1, 'MUG', 'Mug', '', 1, 0, 0, 0, 0, 0)";

    fn applied(effect: Effect, of: &[(ShareOf, i64)]) -> Applied {
        let share = |&(of, amount_minor): &(ShareOf, i64)| Share { of, amount_minor };
        Applied {
            adjustment: Adjustment {
                effect,
                amount_minor: i64::MAX,
                code: "SUMMER20".to_owned(),
                label: "20 % off".to_owned(),
                origin: None,
            },
            shares: of.iter().map(share).collect(),
        }
    }

    #[tokio::test]
    async fn every_share_is_a_row_that_names_its_line() {
        let fixture = fixture().await;
        let (db, now) = (&fixture.shop.db, fixture.shop.now());
        let order = OrderId(Uuid::from_u128(1));
        let lines = [2, 3].map(|id| OrderLineId(Uuid::from_u128(id)));
        sql::execute(db, ORDER, [order.into(), now.into()]).await.unwrap();
        for line in lines {
            sql::execute(db, LINE, [line.into(), order.into()]).await.unwrap();
        }
        let all = &[
            applied(
                Effect::Discount(Target::Goods),
                &[(ShareOf::Line(1), 7), (ShareOf::Line(0), 3)],
            ),
            applied(Effect::Discount(Target::Line(0)), &[]),
            applied(Effect::Fee(Target::Line(0)), &[(ShareOf::Line(0), 2)]),
            applied(Effect::Discount(Target::Shipping), &[(ShareOf::Shipping, 490)]),
            applied(Effect::Credit, &[(ShareOf::Total, 100)]),
        ];
        let caller = context(Viewer::Guest);
        let written = fixture.shop.transact(&caller, |tx| async move {
            write_adjustments(&tx, order, &lines, all);
            Ok(())
        });
        written.await.unwrap();

        let rows = order_adjustment::Entity::find().order_by_asc(order_adjustment::Column::Id);
        let rows = rows.all(db).await.unwrap();
        assert!(
            rows.iter()
                .all(|row| (row.order_id, &*row.code, &*row.label) == (order, "SUMMER20", "20 % off"))
        );
        let rows: Vec<_> = rows
            .iter()
            .map(|row| (row.position, row.kind, row.target, row.order_line_id, row.amount_minor))
            .collect();
        let expected = [
            (0, AdjustmentKind::Discount, AdjustmentTarget::Goods, Some(lines[1]), 7),
            (0, AdjustmentKind::Discount, AdjustmentTarget::Goods, Some(lines[0]), 3),
            (2, AdjustmentKind::Fee, AdjustmentTarget::Line, Some(lines[0]), 2),
            (3, AdjustmentKind::Discount, AdjustmentTarget::Shipping, None, 490),
            (4, AdjustmentKind::Credit, AdjustmentTarget::Total, None, 100),
        ];
        assert_eq!(rows, expected);
    }
}

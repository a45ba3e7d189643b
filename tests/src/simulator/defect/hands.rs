//! What each defect does to the database: triggers in it, and a hand in its tables.

use super::Defect;

/// A return of all that each order sold, which nobody asked for.
macro_rules! returned {
    ($restocked:literal, $written_off:literal, $refunded:literal) => {
        concat!(
            "insert into order_return (id, order_id, number, status, resolution, event_count, version, created_by, created_at, ",
            "updated_at, closed_at) select cast(x'73' || substr(id, 2) as blob), id, 999, 'CLOSED', 'REFUND', 0, 1, 'nobody', ",
            "placed_at, placed_at, placed_at from orders; ",
            "insert into order_return_line (id, return_id, order_line_id, position, quantity, reason, received, restocked, ",
            "written_off, refunded) select cast(x'73' || substr(id, 2) as blob), cast(x'73' || substr(order_id, 2) as blob), ",
            "id, 0, quantity, 'OTHER_REASON', quantity, ",
            $restocked,
            ", ",
            $written_off,
            ", ",
            $refunded,
            " from order_line"
        )
    };
}

impl Defect {
    /// Triggers, made before the run begins.
    pub(in crate::simulator) fn triggers(self) -> &'static str {
        match self {
            Self::AddsStock => {
                "create trigger defect after insert on stock_entry when new.kind = 'DEDUCTED' begin \
                 update stock set on_hand = on_hand + 1 where variant_id = new.variant_id; end"
            }
            Self::SpendsCreditTwice => {
                "create trigger defect after insert on credit_entry when new.kind = 'REDEEMED' begin \
                 update credit_account set balance_minor = balance_minor - new.amount_minor where id = new.account_id; end"
            }
            Self::KeepsCredit => {
                "create trigger defect after update of returned_minor on order_credit when new.returned_minor > 0 begin \
                 update order_credit set returned_minor = 0 where order_id = new.order_id and account_id = new.account_id; end"
            }
            Self::PacksTooMuch => {
                "create trigger defect after update of status on shipment when new.status = 'DISPATCHED' \
                 and old.status = 'PACKED' begin \
                 update shipment_line set quantity = quantity + 1 where shipment_id = new.id; end"
            }
            Self::KeepsUnits => {
                "create trigger defect after update of quantity on order_line when new.quantity < old.quantity begin \
                 update order_line set quantity = old.quantity where id = new.id; end"
            }
            Self::PaysBackHalf => {
                "create trigger defect after insert on refund begin \
                 update refund set amount_minor = (amount_minor + 1) / 2 where id = new.id; end"
            }
            Self::PutsBackTwice => {
                "create trigger defect after insert on stock_entry when new.kind = 'PUT_BACK' begin \
                 insert into stock_entry (id, variant_id, location_id, kind, on_hand_delta, reserved_delta, order_id, actor, created_at) \
                 values (cast(x'74' || substr(new.id, 2) as blob), new.variant_id, new.location_id, 'PUT_BACK', new.on_hand_delta, 0, \
                 new.order_id, 'nobody', new.created_at); \
                 update stock set on_hand = on_hand + new.on_hand_delta \
                 where variant_id = new.variant_id and location_id = new.location_id; end"
            }
            Self::SkipsDocumentNumbers => {
                "create trigger defect after insert on document_series begin \
                 update document_series set last_number = last_number + 1 where kind = new.kind and year = new.year; end"
            }
            Self::ForgetsCreditNotes => {
                "create trigger defect before insert on document when new.kind = 'CREDIT_NOTE' \
                 begin select raise(ignore); end"
            }
            Self::DeletesLines => {
                "create trigger defect after update of status on orders when new.status = 'CONFIRMED' begin \
                 delete from order_line where order_id = new.id and position = 0; end"
            }
            Self::KeepsMoney => "create trigger defect before insert on refund begin select raise(ignore); end",
            Self::ForgetsKeys => {
                "create trigger defect after insert on idempotency_key begin \
                 delete from idempotency_key where caller = new.caller and key = new.key; end"
            }
            Self::ForgetsMarks => {
                "create trigger defect after update of done on keyed_request when new.done <> '' begin \
                 update keyed_request set done = '' where id = new.id; end"
            }
            Self::ForgetsWebhooks => {
                "create trigger defect after insert on provider_event begin \
                 delete from provider_event where event_id = new.event_id; end"
            }
            Self::MarksJobsDone => {
                // It may have been done with what it follows from.
                "create trigger defect after insert on outbox when new.job like '%deduct_stock%' begin \
                 update outbox set state = 'DONE' where id = new.id; \
                 update orders set status = 'PAYMENT_SUCCESS' where id = new.order_id and status = 'CONFIRMED'; end"
            }
            Self::LosesJobs => {
                "create trigger defect after insert on outbox when new.job like '%refund_payment%' begin \
                 delete from outbox where id = new.id; end"
            }
            Self::ForgetsFences => {
                "create trigger defect after update of state on outbox when new.state = 'READY' begin \
                 update outbox set fence = 0 where id = new.id; end"
            }
            Self::KeepsDeadLeases => {
                "create trigger defect after update of state on outbox when new.state = 'READY' and old.state = 'RUNNING' \
                 begin update outbox set state = 'RUNNING', lease_until = old.lease_until where id = new.id; end"
            }
            Self::ChangesPrices => {
                "create trigger defect after insert on order_line begin \
                 update order_line set unit_price_minor = unit_price_minor - 1 where id = new.id; end"
            }
            Self::StallsJobs => {
                "create trigger defect after insert on outbox when new.job like '%send_order_mail%' begin \
                 update outbox set state = 'READY', lease_until = null, run_at = replace(run_at, '203', '293') \
                 where id = new.id; end"
            }
            Self::SkipsNumbers => {
                "create trigger defect after insert on order_event when new.kind = 'CONFIRMED' begin \
                 update order_event set number = number + 1 where order_id = new.order_id and number = new.number; \
                 update orders set event_count = event_count + 1 where id = new.order_id; end"
            }
            Self::ShowsEntriesLate => {
                "create trigger defect after insert on order_event when new.kind = 'CREATED' begin \
                 update order_event set public = false where order_id = new.order_id and number = new.number; end"
            }
            Self::ForgetsLowStock => {
                "create trigger defect after update of low_alerted on stock when new.low_alerted begin \
                 update stock set low_alerted = false where variant_id = new.variant_id; end"
            }
            Self::ForgetsPromises => {
                "create trigger defect after update of promised on stock_policy when new.promised > old.promised begin \
                 update stock_policy set promised = old.promised where variant_id = new.variant_id; end"
            }
            Self::ForgetsUses => {
                "create trigger defect after insert on discount_redemption begin \
                 update discount_tally set used = used - 1 where discount_id = new.discount_id and used > 0; end"
            }
            Self::KeepsUses => {
                "create trigger defect after update of released_at on discount_redemption \
                 when new.released_at is not null begin \
                 update discount_redemption set released_at = null where id = new.id; end"
            }
            Self::PlacesTwice => {
                "create trigger defect after insert on orders begin \
                 insert into orders (id, number, customer_id, email, locale, status, currency, subtotal_minor, discount_minor, \
                 shipping_minor, tax_minor, total_minor, prices_include_tax, shipping_address, billing_address, \
                 shipping_method_name, note, access_token_hash, event_count, placed_at, updated_at, fee_minor, \
                 credit_minor) select cast(x'71' || substr(id, 2) as blob), number || '-2', customer_id, email, \
                 locale, status, currency, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, \
                 prices_include_tax, shipping_address, billing_address, shipping_method_name, note, \
                 access_token_hash, event_count, placed_at, updated_at, fee_minor, credit_minor from orders \
                 where id = new.id; end"
            }
            Self::OpensOrders => {
                // The hash of the intruder's token.
                "create trigger defect after insert on orders begin \
                 update orders set access_token_hash = \
                 x'ec2402a59d2506ba99b492e72157330d1edc6a38e5b388cb8200a3c5d0347fe0' where id = new.id; end"
            }
            Self::ForgetsDebts => {
                "create trigger defect after update of unpaid_minor on orders when new.unpaid_minor > 0 begin \
                 update orders set unpaid_minor = 0 where id = new.id; end"
            }
            Self::SendsUnpaid => {
                "create trigger defect after update of status on orders when new.status = 'DISPATCHED' begin \
                 update orders set unpaid_minor = 1 where id = new.id; end"
            }
            Self::MakesDearer => {
                "create trigger defect after insert on order_version when new.by_shopper begin \
                 update order_version set difference_minor = 1 where id = new.id; end"
            }
            Self::ReceivesTwice => {
                "create trigger defect after insert on withdrawal begin \
                 insert into withdrawal (id, number, order_id, order_number, name, email, locale, statement, statement_sha256, \
                 whole_order, received_at, created_by, status, event_count, version, updated_at) \
                 values (cast(x'75' || substr(new.id, 2) as blob), new.number || '-2', new.order_id, new.order_number, new.name, \
                 new.email, new.locale, new.statement, new.statement_sha256, new.whole_order, new.received_at, new.created_by, \
                 new.status, 0, 1, new.updated_at); end"
            }
            Self::WithdrawsMore => {
                "create trigger defect after insert on order_return_line when exists \
                 (select 1 from order_return r where r.id = new.return_id and r.withdrawal_id is not null) begin \
                 update order_return_line set quantity = quantity + 1 where id = new.id; end"
            }
            Self::SilencesReceipts => {
                "create trigger defect after insert on outbox when new.job like '%withdrawal_received%' begin \
                 delete from outbox where id = new.id; end"
            }
            Self::LosesDrafts => {
                "create trigger defect after update of state on draft_order when new.state = 'COMPLETED' begin \
                 update draft_order set state = 'SENT', order_id = null where id = new.id; end"
            }
            Self::RepricesDrafts => {
                "create trigger defect after insert on order_line when exists \
                 (select 1 from cart c where c.order_id = new.order_id and c.draft is not null) begin \
                 update order_line set unit_price_minor = unit_price_minor + 1 where id = new.id; end"
            }
            _ => "",
        }
    }

    /// What a hand in the tables does whenever somebody has been frozen.
    pub(in crate::simulator) fn behind_the_frozen(self) -> &'static str {
        match self {
            // As if another had begun their jobs, without the fence by which they could tell.
            Self::TakesLateWrites => "update outbox set attempts = attempts + 1 where state = 'RUNNING'",
            _ => "",
        }
    }

    /// What a hand in the tables does, in the middle of the run.
    pub(in crate::simulator) fn tampering(self) -> &'static str {
        match self {
            Self::CountsUntracked => "update stock_policy set tracked = true where not tracked",
            Self::KeepsReturnedMoney => returned!("0", "quantity", "quantity"),
            Self::LosesReturnedGoods => returned!("quantity", "0", "0"),
            Self::RewritesDocuments => {
                "drop trigger document_not_updated; update document set content = replace(content, 'Berlin', 'Bonn')"
            }
            Self::LosesHolds => "update reservation set state = 'RELEASED' where state = 'HELD'",
            Self::MovesPaymentsBack => {
                "update payment set status = 'UNKNOWN' where status in ('CAPTURED', 'AUTHORIZED', 'REFUNDED')"
            }
            Self::InventsJobs => {
                "insert into outbox (id, queue, job, state, run_at, fence, attempts, correlation_id, created_at, finished_at) \
                 select x'00000000000000000000000000000007', 'STOCK', \
                 '{\"job\":\"deduct_stock.v1\",\"order\":\"ord_00000000000000000000000007\"}', 'DONE', run_at, 1, 1, \
                 'nobody', created_at, created_at from outbox limit 1"
            }
            Self::ShowsEntriesLate => "update order_event set public = true where kind = 'CREATED'",
            Self::OversellsUnits => {
                // The table would refuse it. More than staff may add until the end of the run.
                "pragma ignore_check_constraints = on; \
                 insert into stock_entry (id, variant_id, location_id, kind, on_hand_delta, reserved_delta, actor, created_at) \
                 select cast(x'70' || substr(variant_id, 2) as blob), variant_id, location_id, 'ADJUSTED', \
                 reserved - 50 - on_hand, 0, 'nobody', '2030-05-01 12:00:00+00:00' from stock \
                 where location_id = (select min(location_id) from stock); \
                 update stock set on_hand = reserved - 50 where location_id = (select min(location_id) from stock); \
                 pragma ignore_check_constraints = off"
            }
            Self::LosesOrders => {
                "pragma foreign_keys = off; \
                 delete from payment where order_id = (select id from orders order by id limit 1); \
                 delete from orders where id = (select id from orders order by id limit 1); \
                 pragma foreign_keys = on"
            }
            Self::KeepsRefusedOrders => {
                "insert into orders (id, number, customer_id, email, locale, status, currency, subtotal_minor, discount_minor, \
                 shipping_minor, tax_minor, total_minor, prices_include_tax, shipping_address, billing_address, \
                 shipping_method_name, note, access_token_hash, event_count, placed_at, updated_at, fee_minor, \
                 credit_minor) select cast(x'72' || substr(id, 2) as blob), hex(id), customer_id, \
                 coalesce(email, 'nobody@example.com'), locale, 'CANCELLED', currency, 0, 0, 0, 0, 0, true, \
                 (select shipping_address from orders limit 1), (select shipping_address from orders limit 1), \
                 '', note, x'00', 0, updated_at, updated_at, 0, 0 from cart where order_id is null; \
                 update cart set order_id = cast(x'72' || substr(id, 2) as blob) where order_id is null"
            }
            Self::MiscountsBooks => {
                // Of what is settled: what is not would be asked about for ever.
                "update simulated_charge set captured_minor = captured_minor - 1 where captured_minor > 0 \
                 and reference in (select provider_reference from payment where status = 'CAPTURED')"
            }
            _ => "",
        }
    }
}

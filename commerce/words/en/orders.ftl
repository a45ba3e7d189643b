### What an order's timeline, its payment and its messages in the shop say. Whole sentences, if nothing else is said.

## The timeline

timeline-created = We have received your order.
timeline-created-from-draft = We have received your order, as we offered it in { $number }.
timeline-payment-pending = Your payment is being processed.
timeline-action-required = Your bank asks you to confirm the payment.
timeline-instructions = We have told you how to pay.
timeline-payment-authorized = Your payment is authorized.
timeline-payment-promised = You pay when the goods arrive.
timeline-payment-on-account = You pay on account, by the day that your company’s terms give.
timeline-payment-arrived = Your payment has arrived.
timeline-payment-captured = Your payment has been taken.
timeline-payment-voided = The money that was held for your order has been released.
timeline-payment-failed = Your payment did not go through. You can try again.
timeline-confirmed = Your order is confirmed.
timeline-confirmed-packed = Your order is confirmed and will be packed.
timeline-dispatched = Your order is on its way.
timeline-dispatched-carrier = Your order is on its way with { $carrier }.
timeline-dispatched-pick-up = Your order is ready to be picked up.
timeline-parcel-packed = A parcel of your order stands ready.
timeline-parcel-dispatched = A part of your order is on its way.
timeline-parcel-dispatched-carrier = A part of your order is on its way with { $carrier }.
timeline-parcel-dispatched-pick-up = A part of your order is ready to be picked up.
timeline-parcel-in-transit = A parcel of your order is in transit.
timeline-parcel-out-for-delivery = A parcel of your order is out for delivery.
timeline-parcel-delivered = A parcel of your order has arrived.
timeline-parcel-delivery-failed = A parcel of your order could not be delivered. The carrier tells you how it goes on.
timeline-parcel-returned = A parcel of your order went back to us.
timeline-parcel-updated = How a parcel of your order can be followed has changed.
timeline-parcel-cancelled = A parcel was unpacked before it left.
timeline-completed = Your order is complete.
timeline-cancelled = Your order was cancelled.
# The reason ends the sentence.
timeline-cancelled-reason = Your order was cancelled: { $reason }
timeline-refund-requested = { $amount } is on its way back to you.
timeline-refund-requested-reason = { $amount } is on its way back to you: { $reason }
timeline-refund-requested-all = Your money is on its way back to you.
timeline-refunded = { $amount } has been paid back to you.
timeline-refunded-reason = { $amount } has been paid back to you: { $reason }
timeline-refunded-all = Your money has been paid back to you.
timeline-contact-updated = Your contact details were corrected.
timeline-address-updated = The address to which your order goes was corrected.
timeline-downloads-renewed = Your downloads were renewed.

## Why an order was cancelled, at the end of a sentence

cancelled-not-paid = it was not paid in time.
cancelled-sold-out = the goods sold out before your payment arrived; your money is paid back.

## Messages in the shop

notice-action-required = Please confirm the payment of your order { $number }.
notice-instructions = This is how to pay for your order { $number }.
notice-payment-failed = The payment of your order { $number } did not go through.
notice-confirmed = Your order { $number } is confirmed.
notice-dispatched = Your order { $number } is on its way.
notice-parcel-dispatched = A part of your order { $number } is on its way.
notice-parcel-delivered = A parcel of your order { $number } has arrived.
notice-parcel-delivery-failed = A parcel of your order { $number } could not be delivered.
notice-completed = Your order { $number } is complete.
notice-cancelled = Your order { $number } was cancelled.
notice-refunded = We have paid you back for your order { $number }.
notice-owed-less = Less is to be paid for your order { $number }.
notice-exchanged = What you paid for goods of your order { $number } pays those that we send in exchange.

## Why a payment was declined

declined = The payment was declined. Please use another means of payment, or ask your bank.
declined-funds = There is not enough money on this account. Please use another means of payment.
declined-expired = This card has expired. Please use another one.
declined-saved-gone = This saved card is no longer kept, and was not charged. Please enter your card anew, or use another means of payment.
declined-details = The card's details are not right. Please check them and try again.
declined-unconfirmed = The payment was not confirmed. Please try again and confirm it with your bank.
declined-unsupported = The card cannot be used for this purchase. Please use another means of payment.
declined-limit = The card's limit is reached. Please use another card, or ask your bank.
declined-voided = The payment was given up before it was completed. Please try again.
declined-processing = The payment could not be processed. Please try again.

## What stands in the way of a payment

payment-action-required = The payment waits for you: one more step is needed.
payment-pending = The payment is being processed.
payment-provider-unavailable = The payment is delayed: the payment provider does not answer at the moment. You need not do anything.
payment-config-missing = The payment cannot be taken at the moment. The shop has been told; you need not pay again.
payment-voided = The payment was given up, and no money was taken.

## Why there is no tax, as an invoice says it

tax-exempt = Exempt from tax.
tax-reverse-charge = Reverse charge: the tax is owed by the customer.
tax-export = Export: none of our taxes is due.

### What mails say. A subject and a heading end without a full stop; what ends with a colon stands above a link or a list.

## The frame of every mail

mail-hello = Hello { $name },
mail-hello-nobody = Hello,
# A name and what belongs to it, on one line of plain text.
mail-labelled = { $label }: { $value }
# Above a link, in plain text.
mail-label = { $label }:

## An order

mail-order = Order { $number }
mail-see-order = See your order
mail-follow-parcel = Follow your parcel
mail-what-next = What happens next
mail-step-received = Received
mail-step-confirmed = Confirmed
mail-step-dispatched = On its way
mail-subtotal = Subtotal
mail-discount = Discount
mail-discount-by = Discount: { $discount }
mail-shipping = Shipping
mail-shipping-free = Free
mail-tax = Tax
mail-tax-included = { $kind ->
    [sales] including { $tax } sales tax
    [gst] including { $tax } GST
    [consumption] including { $tax } consumption tax
   *[vat] including { $tax } VAT
}
mail-total = Total
# Of several pieces, in plain text.
mail-each = { $price } each, together { $total }
mail-gift-message = As a gift, with these words
mail-pick-up-at = To be picked up at
mail-opening-hours = Opening hours: { $hours }
mail-shipping-to = Shipping to
mail-shipping-by = Shipping by
mail-backorder = On backorder: { $units } of { $quantity }
mail-backorder-expected = On backorder: { $units } of { $quantity }, expected on { $date }
mail-pre-order = Pre-ordered: { $units } of { $quantity }
mail-pre-order-expected = Pre-ordered: { $units } of { $quantity }, expected on { $date }
mail-why-order = You receive this because an order was placed at { $shop } with this mail address.
mail-keep-link = Its link opens your order without a password: please keep this mail to yourself.

## Files that were bought

mail-downloads = Your downloads
# How often and until when a file may be fetched.
mail-download-often = { $count ->
    [1] once
   *[other] { $count } times
}
mail-download-until = until { $moment }
mail-download-often-until = { $count ->
    [1] once, until { $moment }
   *[other] { $count } times, until { $moment }
}

## The order is received

mail-received-subject = We have your order { $number }
mail-received-heading = Thank you for your order
mail-received-preview = Your items are set aside. We are checking the payment.
mail-received-text = We have your order { $number }, have set your items aside, and are checking the payment.
mail-received-next = As soon as the payment is settled, usually within minutes, we confirm your order by mail. Should your bank ask for a confirmation, the link to your order leads you there.

## The order is confirmed

mail-confirmed-subject = Your order { $number } is confirmed
mail-confirmed-heading = Your order is confirmed
mail-confirmed-text = Your order { $number } is confirmed: everything you chose is yours.
mail-confirmed-text-packed = Your order { $number } is confirmed: everything you chose is yours. Now we pack it.
mail-confirmed-text-waiting = Your order { $number } is confirmed. Not all of it has come to us yet: below you see what, and when we expect it. We send everything once it is there.
mail-confirmed-next = We write again when the parcel leaves us, so that you can follow it. Until then you can cancel it on the page of your order.
mail-confirmed-next-pick-up = We write again when your order is ready to be picked up. Until then you can cancel it on the page of your order.

## The goods are on their way

mail-dispatched-subject = Your order { $number } is on its way
mail-dispatched-subject-pick-up = Your order { $number } is ready to be picked up
mail-dispatched-subject-part = A part of your order { $number } is on its way
mail-dispatched-subject-part-pick-up = A part of your order { $number } is ready to be picked up
mail-dispatched-heading = Your order is on its way
mail-dispatched-heading-pick-up = Your order is ready to be picked up
mail-dispatched-heading-part = A part of your order is on its way
mail-dispatched-heading-part-pick-up = A part of your order is ready to be picked up
mail-dispatched-text = Your order { $number } has left us.
mail-dispatched-text-carrier = Your order { $number } has left us with { $carrier }.
mail-dispatched-text-pick-up = Your order { $number } waits for you.
mail-dispatched-part = A part of your order { $number } has left us.
mail-dispatched-part-carrier = A part of your order { $number } has left us with { $carrier }.
mail-dispatched-part-pick-up = A part of your order { $number } waits for you.
mail-tracking-number = Tracking number
mail-in-parcel = In this parcel
mail-dispatched-last = The last part of your order { $number } has left us.
mail-dispatched-last-carrier = The last part of your order { $number } has left us with { $carrier }.
mail-dispatched-last-pick-up = The rest of your order { $number } waits for you.
mail-still-to-come = Still to come
mail-dispatched-next = The parcel should be with you within the time of your shipping method.
mail-dispatched-next-tracked = It may take a day until the carrier shows the parcel’s first step.
mail-dispatched-next-part = The rest follows in another parcel; we write again when it leaves.
mail-dispatched-next-pick-up = Bring the number of your order along.
mail-dispatched-next-part-pick-up = Bring the number of your order along. We write again when the rest is ready.

## The order is cancelled

mail-cancelled-subject = Your order { $number } was cancelled
mail-cancelled-heading = Your order was cancelled
mail-cancelled-text = Your order { $number } was cancelled and will not be sent.
mail-cancelled-reason = The reason given: { $reason }
mail-cancelled-not-charged = You have not been charged.
mail-cancelled-payment-unknown = We do not know yet whether your payment went through. If it did, we pay it back by ourselves, and write to you.
mail-cancelled-held = You have not been charged. If your bank shows an amount as held, it lets it go by itself, usually within a few days.
mail-cancelled-paid = You had paid { $amount }: we pay it back to the means of payment that you used, and write again when that is done.

## Money is paid back

mail-refunded-subject = We have paid you back for your order { $number }
mail-refunded-heading = We have paid you back
mail-refunded-preview = { $amount } is on its way to your account.
mail-refunded-text = We have paid { $amount } back to the means of payment that you used for your order { $number }.
mail-refunded-text-whole = We have paid { $amount } back to the means of payment that you used for your order { $number }. Nothing of what you paid remains with us.
mail-refunded-reason = The reason: { $reason }
mail-refunded-fee = { $amount } of what you had paid for what came back were kept as a fee.
mail-refunded-next = Your bank shows the amount within five to ten days, depending on how it books.

## What a company owes is late

mail-overdue-subject = The payment of order { $number } is overdue
mail-overdue-heading = A payment is overdue
mail-overdue-text = { $amount } for order { $number }, which { $company } bought on account, was due on { $due }. Please pay it soon.
mail-overdue-paid = If you have paid in the meantime, you need do nothing.
mail-overdue-again-subject = Second reminder: the payment of order { $number } is overdue
mail-overdue-again-heading = A payment is still overdue
mail-overdue-again-text = { $amount } for order { $number }, which { $company } bought on account, was due on { $due }, and we have reminded you before. Please pay it now, or write to us.

## By when an order is to be paid, below its total

mail-account-due = To be paid on account by { $due }
mail-account-overdue = To be paid on account: overdue since { $due }
mail-account-paid = Paid on account
mail-account-credited = Nothing is to be paid on account any more
mail-purchase-order = Your order number

## A purchase is to be approved

mail-request-subject = { $buyer } asks you to approve a purchase for { $company }
mail-request-heading = A purchase waits for your approval
mail-request-text = { $buyer } wants to buy for { $amount } for { $company } and needs your approval.
mail-request-approved-subject = Your purchase is approved: order { $number }
mail-request-approved-heading = Your purchase is approved
mail-request-approved-text = Your purchase for { $amount } for { $company } is approved: it is order { $number }.
mail-request-refused-subject = Your purchase for { $company } is not approved
mail-request-refused-heading = Your purchase is not approved
mail-request-refused-text = Your purchase for { $amount } for { $company } is not approved. You can change your cart and ask again.
mail-request-see = See the request

## The link to an order, for whoever asked for it

mail-order-link-subject = The link to your order { $number }
mail-order-link-heading = Your order
mail-order-link-text = You, or somebody who knows your mail address, asked for the link to your order { $number }. It opens the order without signing in: pass it on to nobody.
mail-order-link-other = If it was not you, you need do nothing.
mail-imported-subject = Your order { $number }
mail-imported-text = You, or somebody who knows your mail address, asked for your order { $number } of { $time }. It was placed in our former shop; this is what we have of it.
mail-imported-total = Total: { $amount }

## The payment failed

mail-payment-failed-subject = The payment of your order { $number } did not go through
mail-payment-failed-heading = Your payment did not go through
mail-payment-failed-text = You have not been charged, and your order { $number } is still here.
mail-payment-failed-action = Pay again
mail-held-until = We hold your items for you until { $moment }.
mail-payment-next = Once a payment goes through, we confirm your order by mail.
mail-payment-next-held = Once a payment goes through, we confirm your order by mail. If none does while we hold your items, the order is cancelled and costs you nothing.

## How to pay

mail-instructions-subject = How to pay for your order { $number }
mail-instructions-heading = How to pay
mail-instructions-preview = Your items are set aside until your payment arrives.
mail-instructions-text = Your items are set aside. This is how you pay for your order { $number }:
mail-instructions-next = Once your payment has arrived, we confirm your order by mail.
mail-instructions-next-held = Once your payment has arrived, we confirm your order by mail. If it has not while we hold your items, the order is cancelled and costs you nothing.

## Downloads anew

mail-downloads-subject = The downloads of your order { $number }
mail-downloads-text = The downloads of your order { $number } are ready for you.

## Back in stock

mail-back-subject = { $title } is back in stock
mail-back-heading = Back in stock
mail-back-text = You asked to be told: { $title } is back in stock at { $shop }. Nothing is held for you: first come, first served.
mail-back-action = See it
mail-back-why = You receive this once, because somebody, probably you, asked for it with this mail address.
mail-back-stop = Hear no more of anything that this address waits for

## To the shop itself: little is left

mail-low-subject = Low stock: { $title } ({ $sku })
mail-low-heading = Little is left
mail-low-text = { $title } ({ $sku }) is running low.
mail-low-place = { $place }: { $count } available
mail-low-why = You asked to be told at { $threshold } or fewer. You will be told again only after there were more.
mail-webhook-disabled-subject = Webhooks are switched off: { $endpoint }
mail-webhook-disabled-heading = Webhooks are switched off
mail-webhook-disabled-failing = { $endpoint } has taken no event for days, so that nothing is sent to it any more.
mail-webhook-disabled-gone = { $endpoint } says that it is gone for good, so that nothing is sent to it any more.
mail-webhook-disabled-next = What it missed is kept for a while: mend it, switch it on, and have that sent again.
mail-webhook-disabled-see = See what was sent

## Somebody is to pay what staff put together

mail-draft-subject = Your order { $number } from { $shop } is ready to be paid
mail-draft-heading = Your order is ready to be paid
mail-draft-text = We have put your order { $number } together for you. To pay: { $amount }.
mail-draft-text-shipping = We have put your order { $number } together for you. To pay: { $amount }, plus shipping, which you choose.
mail-draft-line = { $quantity } × { $title }: { $amount }
mail-draft-until = You can pay it until { $time }.
mail-draft-pay = Look at it and pay
draft-order-discount = Discount

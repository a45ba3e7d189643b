### What is said of goods that come back.

## Where a return stands, where that stands against what somebody wants to do with it

return-is-requested = The return waits to be approved or refused first.
return-is-approved = The return is approved, and none of it has come yet.
return-is-received = Goods of the return have come already.
return-is-inspected = The return has been inspected already.
return-is-closed = The return is closed.
return-is-refused = The return was refused.
return-is-cancelled = The return was given up.

## Why goods do not come back

return-not-sent = It has not been sent yet. Cancel the order instead.
return-nothing-left = All of it has come back or has been paid back already, or is on its way back.
return-too-late = It could be sent back until { $day }.
return-digital = Downloads and gift cards cannot be sent back.
return-exempt-made-to-order = It was made to order and cannot be sent back.
return-exempt-perishable = It perishes quickly and cannot be sent back.
return-exempt-hygiene = For reasons of hygiene it cannot be sent back once it is unsealed.
return-exempt-sealed-media = It cannot be sent back once its seal is broken.
return-exempt-other = The shop does not take it back.
return-only-so-many = { $left ->
    [one] Only { $left } of { $title } can be sent back.
   *[other] Only { $left } of { $title } can be sent back.
}
return-lines-range = A return has between 1 and { $count } lines.
return-pictures-max = A return has at most { $count } pictures.
return-too-many = An order has at most { $count } returns. Write to the shop.
return-credit-of-guest = Only whoever has an account can be given store credit: choose your money back or an exchange instead.

## What an order's timeline tells

timeline-return-requested = You asked to send goods back.
timeline-return-approved = Your return is approved. We have told you how to send it.
timeline-return-refused = Your return was refused.
timeline-return-cancelled = Your return was given up.
timeline-return-received = Goods that you sent back have arrived.
timeline-return-closed = Your return is complete.
timeline-exchanged = What you paid for goods that came back pays those that we send in exchange.
timeline-refunded-first = What you paid for goods that came back goes back to what you paid them with.
timeline-owed-less = Less is to be paid for your order.
timeline-claim-resent = We send goods of your order again.
timeline-claim-settled = We have settled your claim.

## Mails

mail-return-goods = What comes back
mail-return-came = What has arrived
mail-return-address = Send it to
# Of the return, to be written on the parcel.
mail-return-number = Return { $number }
mail-return-label = The label for your parcel
mail-return-requested-subject = We received your request to return { $number }
mail-return-requested-heading = We received your request
mail-return-requested-text = You asked to send back goods of your order { $number }.
mail-return-requested-next = We look at your request and write to you. Do not send anything before.
mail-return-approved-subject = Your return { $number } is approved
mail-return-approved-heading = Your return is approved
mail-return-approved-text = You may send back these goods of your order { $number }.
mail-return-approved-next = Write the number of the return on the parcel. We write to you as soon as it is here.
mail-return-refused-subject = Your return { $number } was refused
mail-return-refused-heading = We cannot take the goods back
mail-return-refused-text = We looked at your request to send back goods of your order { $number }, and cannot accept it.
mail-return-received-subject = Your return { $number } has arrived
mail-return-received-heading = Your return has arrived
mail-return-received-text = Goods that you sent back of your order { $number } have arrived.
mail-return-received-next = We look at the goods and then write to you about your money.
mail-exchanged-subject = We exchange goods of your order { $number }
mail-exchanged-heading = Your exchange
mail-exchanged-text = What you paid for goods of your order { $number }, { $amount }, pays the order by which we send you others.
mail-exchange-until = It is to be paid until { $day }. After that we cancel the exchange, and your money goes back.
mail-refunded-first-text = { $amount } of your order { $number } go back to what you paid the first order with: a mail about that one follows.
mail-owed-less-subject = Less is to be paid for your order { $number }
mail-owed-less-heading = Less is to be paid
mail-owed-less-text = We have taken { $amount } off what is still to be paid for your order { $number }.
mail-cancelled-exchange = What was paid for the goods that came back goes back to what you paid them with. A mail about that order follows.
mail-exchanged-next = We write to you about that order by itself, also where something is still to be paid.
mail-resent-subject = We send goods of your order { $first } again: { $number }
mail-resent-heading = We send it again
mail-resent-text = Goods of your order { $first } are sent again, at no cost. They come by the order { $number }.
mail-exchanging-subject = Your exchange for order { $first }: { $number }
mail-exchanging-text = Other goods are sent in exchange for those of your order { $first }. They come by the order { $number }.

notice-return-approved = You may send back goods of your order { $number }: see how.
notice-return-refused = We cannot take back goods of your order { $number }.
notice-return-received = Goods that you sent back of your order { $number } have arrived.

### What is said of withdrawals from a contract.

## The statement, as it is shown, kept and repeated

withdrawal-statement-whole = I, { $name }, withdraw from my contract for the goods of order { $order }.
withdrawal-statement-part = I, { $name }, withdraw from my contract for these goods of order { $order }:
withdrawal-statement-line = { $quantity } × { $title }
withdrawal-statement-email = Please confirm the receipt to { $email }.

## What stands against a statement, and against what staff do with it

withdrawal-name = Please give your name.
withdrawal-no-lines = Choose from which goods you withdraw, or withdraw from the whole order.
withdrawal-only-so-many = { $count ->
    [one] Only { $count } of { $title } was ordered.
   *[other] Only { $count } of { $title } were ordered.
}
withdrawal-lines-of-unopened = To choose lines, open the order first; or say in your own words which goods are meant.
withdrawal-too-often = That was too often for this address. Try again in an hour, or write to the shop.
withdrawal-is-decided = The withdrawal is decided already.
withdrawal-needs-order = Say first which order is meant.
withdrawal-has-order = The withdrawal is of another order already.

## What follows

# Of the withdrawal: stands in the return that follows from it.
withdrawal-return-note = From withdrawal { $number }.
cancelled-withdrawn = you withdrew from the contract; your money is paid back.
timeline-withdrawal-received = We have received your withdrawal.
timeline-withdrawal-accepted = Your withdrawal is accepted.
timeline-withdrawal-refused = Your withdrawal could not be accepted.

## Mails

mail-withdrawal-number = Number
mail-withdrawal-at = Received on { $moment }
mail-withdrawal-statement = Your statement
mail-withdrawal-staff-statement = The statement
mail-withdrawal-see = See the withdrawal
mail-withdrawal-received-subject = We received your withdrawal from order { $order } ({ $number })
mail-withdrawal-received-heading = We received your withdrawal
mail-withdrawal-received-text = This confirms that we received your withdrawal from order { $order }. Please keep this mail.
mail-withdrawal-received-next = We write to you how it goes on: where to send goods that you have, and when your money goes back.
mail-withdrawal-accepted-subject = Your withdrawal from order { $order } is accepted ({ $number })
mail-withdrawal-accepted-heading = Your withdrawal is accepted
mail-withdrawal-accepted-text = We accept your withdrawal from order { $order }, and write to you about your money.
mail-withdrawal-refused-subject = Your withdrawal from order { $order } ({ $number })
mail-withdrawal-refused-heading = We cannot accept your withdrawal
mail-withdrawal-refused-text = We looked at your withdrawal from order { $order }, and cannot accept it:
mail-withdrawal-staff-subject = Withdrawal from order { $order } ({ $number })
mail-withdrawal-staff-heading = A customer withdraws
mail-withdrawal-staff-done = It is in time. The goods come back by a return, or the order was cancelled.
mail-withdrawal-staff-open = It is in time, and something of it waits for you: goods that are exempt, not sent yet, or described in words.
mail-withdrawal-staff-late = It came after the period. Please decide.
mail-withdrawal-staff-not-entitled = The order has no right of withdrawal: by its market, or because a company bought. Please decide.
mail-withdrawal-staff-unmatched = No order has this number and this address. Please find out which is meant.

### Why the shop did not do what a shopper asked for. Each is a sentence, or two: what is wrong, and what to do. Names in
### `backticks` are fields of the API.

## Any input

empty-field = `{ $field }` must not be empty.
too-many-characters = { $count ->
    [one] `{ $field }` must have at most { $count } character.
   *[other] `{ $field }` must have at most { $count } characters.
}
hidden-characters = `{ $field }` holds a control character or one that hides text.
not-an-email = `{ $field }` must be one mail address, like `ada@example.com`.
quoted-email = `{ $field }` has quotation marks before the @, which many mail servers refuse: give another address.
dotted-email = `{ $field }` has a dot at the beginning or at the end of what stands before the @, or two in a row, which many mail servers refuse: give another address.
not-a-country = `{ $field }` must be a country's two letters by ISO 3166-1, like `DE`.
postal-code-empty = `postalCode` must not be empty.
# An example and the country's name follow.
postal-code-form = `postalCode` must have the form of `{ $example }` ({ $country }).
phone-form = `{ $field }` must be a telephone number, like `+49 30 123456`.
mobile-form = `{ $field }` must be a mobile number with the code of its country, like `{ $example }`.
sms-order-over = Nothing more is to be told of this order.
push-subscription = The browser gave no address that messages can be sent to. Try again, or with another browser.
# The country's name and one of its regions follow.
region-unknown = `region` must be a region of { $country } as its post lists them, like `{ $example }`.
# What staff keep, within another message. `$what` is English.
noun = { $kind ->
   *[other] { $what }
}
missing = There is no such { $noun }.
missing-address = There is no such address.
missing-cart = There is no such cart.
missing-line = There is no such line in this cart.
missing-order = There is no such order.
missing-payment = There is no such payment.
outdated = The { $noun } has changed meanwhile: it is at version { $version }. Read it again.
outdated-account = The account has changed meanwhile: it is at version { $version }. Read it again.
outdated-address = The address has changed meanwhile: it is at version { $version }. Read it again.
outdated-cart = The cart has changed meanwhile: it is at version { $version }. Read it again.
too-often = { $seconds ->
    [one] That was too often: try again in { $seconds } second.
   *[other] That was too often: try again in { $seconds } seconds.
}
not-offered = The shop does not offer this at present.
sign-in-to-order = Sign in, or open an account, to order here.
key-reused = This idempotency key was used for another request. Take a new one.
request-key-form = An Idempotency-Key has 1 to { $most } characters of visible ASCII, such as a random UUID.
request-key-short = Where nobody is signed in, an Idempotency-Key has at least { $least } characters, such as a random UUID: nothing else tells one shopper’s from another’s.

## The cart

cart-empty = The cart is empty.
cart-completed = This cart has become an order and takes no more changes. Create a new one.
cart-lines-max = A cart holds at most { $count } lines.
cart-quantity-range = A line's quantity must be between { $least } and { $most }.
cart-variant-missing = There is no such variant on sale.
reorder-nothing = Nothing of this order is sold any more.
cart-sku-missing = There is no such SKU on sale.
cart-claim-sign-in = Sign in first: a cart is claimed for a customer.
cart-attributes-max = At most { $count } attributes may be given.
cart-attribute-twice = The key `{ $key }` is there twice.
sold-out = { $title } is sold out.
only-so-many = { $available ->
    [one] Only { $available } of { $title } is available.
   *[other] Only { $available } of { $title } are available.
}
order-at-least = Of { $title }, order at least { $minimum }.
order-at-most = Of { $title }, order at most { $maximum }.
order-in-steps = { $title } is sold in multiples of { $step }.
on-account-not-offered = You cannot buy on account here. Choose another way to pay.
on-account-own-currency = On account you buy in { $currency } only. Choose another way to pay.
on-account-limit = { $amount } more would be beyond what your company may owe. Pay what is open first, or choose another way to pay.
no-longer-sold = { $title } is no longer sold.
not-sold-there = { $title } is not sold in this country: { $country }.
price-changed = The price of { $title } is now { $current }; it was { $seen }.
total-changed = The total is now { $total }; it was { $agreed }. Look at the cart again.
contact-missing = A mail address is needed.
address-missing = A shipping address is needed.
not-shipped-to = Nothing is shipped to this country: { $country }.
not-carried = No shipping method carries { $title } to this address: remove it, or send it elsewhere.
no-method-fits = No shipping method carries all of this cart together, by its weight or worth or because its goods do not go together: change what is in it, or place several orders.
not-payable = { $due } cannot be paid here: payments are taken in multiples of { $step }. Change how many are in the cart, or tell the shop.
method-missing = A shipping method must be chosen.
address-of-goods-missing = Give the address to which the goods go; where nothing is sent, that of the bill is enough.
method-needs-address = Set the shipping address first: the methods depend on it.
method-does-not-reach = This shipping method does not reach the cart's address, or does not carry all that is in it.
in-stock-already = It is in stock: you can order it now.
alert-own-address = You are told at your own mail address: leave `email` out.
code-challenge-form = `code_challenge` must be a SHA-256 in base64url, without padding.
sign-in-code-dead = This code is used or too old: sign in at the provider anew.
token-is-card-number = `token` is a card number. Never send card numbers here: the payment provider’s library takes them in the shopper’s browser, and gives a token.
saved-card-or-token = Give either `token` or `savedPaymentMethodId`.
cards-not-saved = This way to pay saves no cards: pay without saving, or choose another.
sign-in-to-save-card = Sign in to have a card saved.
saved-cards-max = At most { $count } cards are saved. Remove one first.
missing-saved-card = There is no such saved card.
payment-in-steps = The payment provider cannot take { $amount }: it takes multiples of { $step }.
export-address-dead = The address is not one that the shop gave, or has expired.
order-changed-meanwhile = The order has changed meanwhile. Read it again.
alerts-max = { $count ->
    [one] This mail address waits for { $count } article already.
   *[other] This mail address waits for { $count } articles already.
}

## Discounts

discount-code-unknown = There is no code { $code }.
discount-code-expired = The code { $code } has expired.
discount-code-used-up = The code { $code } has been used up.
discount-code-used-by-you = You have used the code { $code } as often as you may.
discount-code-elsewhere = The code { $code } is not for your country or currency.
discount-code-other-customers = The code { $code } is for certain customers: sign in if you are one of them.
discount-code-not-first = The code { $code } is for a first order.
discount-code-other-goods = The code { $code } is for none of what is in the cart.
discount-code-spend-more = The code { $code } applies with { $amount } more.
discount-code-add-units = { $count ->
    [one] Add { $count } more, and the code { $code } applies.
   *[other] Add { $count } more, and the code { $code } applies.
}
discount-code-add-gift = { $count ->
    [one] Put { $count } of what the code { $code } gives into the cart.
   *[other] Put { $count } of what the code { $code } gives into the cart.
}
discount-code-other-destination = The code { $code } is not for where the goods go.
discount-code-other-method = The code { $code } is not for the chosen shipping method.
discount-code-nothing-left = The code { $code } takes nothing off here.
discount-code-outdone = The code { $code } cannot be used together with the other discounts, which save more.
discount-codes-max = A cart holds at most { $count } codes.
discount-near-spend = { $amount } more for: { $title }
discount-near-units = { $count ->
    [one] { $count } more for: { $title }
   *[other] { $count } more for: { $title }
}
discount-near-gift = { $count ->
    [one] Add { $count } of it to have: { $title }
   *[other] Add { $count } of them to have: { $title }
}
discount-gone = A discount is no longer there. Look at the cart again.
discount-used-up-meanwhile = “{ $title }” has just been used up. Look at the cart again.
discount-used-by-you-meanwhile = You have used “{ $title }” as often as you may. Look at the cart again.

## Payment

no-payment-method = This shop has no such payment method.
payment-not-configured = This shop cannot take payments at the moment: its payment provider is not configured.
payment-earlier-open = An earlier payment of this order is not known to have failed yet.
payment-under-way = A payment of this order is under way. Wait for its outcome.

## Accounts

wrong-credentials = Mail address and password do not match an account.
wrong-password = This is not your password.
wrong-sign-up-password = This is not the password that was chosen with this mail. Look for a later mail, or sign up again.
password-not-set = Your account has no password yet: have a link sent to you that sets one, and come back with it.
language-not-spoken = The shop does not speak this language. It speaks { $languages }.
email-taken = This mail address has an account already. Sign in, or use another address.
session-ended = Sign in again: the session has ended.
nobody-signed-in = Nobody is signed in.
sign-in-account = Sign in to your account.
sign-in-orders = Sign in to see your orders.
sign-in-notifications = Sign in to see your notifications.
changed-too-often = This was changed too often. Write to the shop.
addresses-max = An address book has at most { $count } addresses. Delete one first.
password-too-long = A password has at most { $most } characters.
password-too-short = A password has at least { $least } characters; one of { $least-strong } or more will do if it is hard to guess.
password-guessed = This password is among the first that are guessed: choose several words that do not belong together.
password-personal = This password is made of your mail address or name: choose another.
provider-away = The provider does not answer: try again soon, or sign in another way.
provider-did-not-hold = The sign-in at the provider did not hold: begin anew.
provider-other-linked = Another account at this provider opens yours: sign in another way, and unlink it first.
provider-not-let-in = This account does not let anybody in. Ask the shop.
provider-own-unconfirmed = Your account has not shown that its mail address is yours: set a new password by mail first.
provider-unconfirmed = The provider does not say that your mail address is yours: confirm it there, or sign up here.
provider-only-key = Nothing else opens your account: have a link to a password sent to you first.
sign-in-not-begun = This sign-in was not begun here, or too long ago: begin anew.

## Rights

sign-in-as-staff = Sign in as a member of staff.
app-lacks = This app's key does not allow this: it lacks { $permission }.
role-lacks-second-factor = Your role does not allow this, or not before you have set up a second factor.
role-lacks = Your role does not allow this.
beyond-own-rights = This is more than you may do yourself: you lack { $permissions }.

## What is kept of a person, and VAT numbers

erasure-mails-on-their-way = A few mails are on their way: look for one of them.
erasure-orders-open = Orders are under way: { $numbers }. Ask again once they are completed or cancelled.
export-files-of-today = There are a few files of today: fetch one of them.
vat-number-too-long = A VAT number has at most 14 characters.
vat-number-country = A VAT number begins with the two letters of a country of the European Union (`EL` for Greece, `XI` for Northern Ireland).
vat-number-mistyped = This is no VAT number of { $country }: after `{ $prefix }` comes { $form } (9: a digit, L: a letter, X: either), where the last ones check the others. See whether it was mistyped.
vat-number-unconfirmed = The number is well-formed, but this shop cannot have it confirmed: tax is charged.
vat-number-unknown = The register does not know this number: tax is charged. See whether it was mistyped.
vat-register-away = The register of VAT numbers does not answer: tax is charged. Give the number again in a while.

## A purchase is to be approved

cart-awaits-approval = Your company is asked to approve this cart: it can change again once that is answered, or taken back.
approval-needed = What you buy for your company needs a manager’s approval: ask for it.
approval-not-needed = This needs no approval: you can order it.
approval-without-card = What waits for an approval cannot be paid by a card that is typed in now: choose another way to pay.
nobody-approves = Nobody in your company can approve this: please write to the shop.
buys-for-another = Whoever asked for this buys for somebody else by now.
request-decided = This request has been answered already.
approves-not-ones-own = You asked for this yourself: another manager has to approve it.
purchase-order-of-company = An order number of a company’s own is for those who buy for a company.

## What an order cannot become

order-cannot =
    The order is { $from ->
        [created] just created
        [pending] waiting for its payment
        [paid] paid
        [unpaid] not paid
        [confirmed] confirmed
        [dispatched] dispatched
        [completed] completed
       *[cancelled] cancelled
    } and can't be { $what ->
        [pay] paid again
        [settle] settled
        [confirm] confirmed
        [dispatch] dispatched
        [complete] completed
       *[cancel] cancelled
    }.

## Draft orders, which staff put together

draft-order-over = This offer has expired or was taken back. Please ask us for another.
draft-order-locked = We have put this order together for you: what is in it, and for how much, only we can change. Please write to us.

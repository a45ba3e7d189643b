### Gift cards and store credit, where shoppers pay with them.

gift-card-day = The day on which a gift card is sent must be written like 2027-12-24, and lie within a year.
gift-card-code-form = This is not the code of a gift card: it has twenty letters and digits, like { $example }. Look for a typing mistake.
gift-card-unknown = There is no gift card with this code, or it is not valid any more.
gift-card-empty = Nothing is left on this gift card.
gift-card-expired = This gift card has expired.
gift-card-currency = This gift card is in { $card }, and the cart is in { $cart }.
gift-card-amount-fixed = The amount of this gift card cannot be chosen: it is what it costs.
gift-card-amount-currency = The amount of this gift card can be chosen in { $currency } alone.
gift-card-amount-range = Choose an amount between { $least } and { $most }, in steps of { $step }.
gift-cards-max = At most { $count } gift cards can pay one cart.
gift-card-lower = Only { $current } can be paid with the gift card that ends in { $digits }; it was { $seen }.
store-credit-sign-in = Sign in to pay with your store credit.
store-credit-none = You have no store credit in { $currency }.
store-credit-lower = Your store credit is now { $current }; it was { $seen }.
credit-used-meanwhile = A gift card or store credit was used elsewhere meanwhile: look at the cart again.

## The mail that brings a gift card

mail-gift-card-subject = A gift card from { $shop } for you
mail-gift-card-heading = A gift card for you
mail-gift-card-text = You have been given a gift card of { $amount } for { $shop }.
mail-gift-card-text-from = { $sender } gives you a gift card of { $amount } for { $shop }.
mail-gift-card-code = Your code
mail-gift-card-how = Enter it when you check out. What is left stays on the card for your next order.
mail-gift-card-expires = It is valid until { $date }.
mail-gift-card-keep = Whoever has the code can pay with it: keep this mail as you would keep money.
mail-gift-card-action = Go to the shop
mail-credit-expires-subject = { $amount } to spend at { $shop } will expire soon
mail-credit-expires-heading = Soon over
mail-credit-expires-card = { $amount } are left on your gift card that ends in { $digits }. It is valid until { $date }.
mail-credit-expires-own = You have store credit of { $amount }. It is valid until { $date }.

## Money is paid back as credit

mail-refunded-card-text = We have put { $amount } of your order { $number } back on the gift card that ends in { $digits }.
mail-refunded-credit-text = We have put { $amount } of your order { $number } on your store credit.
mail-refunded-credit-next = You can pay your next order with it at once.

## In mails about orders

mail-credit = Gift cards and store credit
mail-due = Left to be paid
mail-cancelled-credit = What gift cards and store credit paid is back on them.

# Orders that are changed before they are sent.

timeline-edited = Your order was changed.
timeline-edited-unpaid = Your order was changed: { $amount } is to be paid.
timeline-edited-refund = Your order was changed: { $amount } goes back to you.
notice-edited = Your order { $number } was changed.

mail-edited-subject = Your order { $number } was changed
mail-edited-heading = Your order was changed
mail-edited-text = Your order { $number } is as you see it below now. It costs { $total }.
mail-edited-unpaid = { $amount } is still to be paid. We send your order once that is paid.
mail-edited-refund = You get { $amount } back, by the means with which you paid.
mail-edited-reason = The reason: { $reason }
mail-edited-pay = Pay { $amount }
mail-edited-next = If you did not expect this, answer this mail.
mail-edited-added = New: { $quantity } × { $title }
mail-edited-removed = Taken out: { $title }
mail-edited-quantity = { $title }: { $quantity } in place of { $before }
mail-edited-price = { $title }: { $price } each in place of { $before }
mail-edited-shipping = Shipping: { $name }, { $price }
mail-edited-discount = Taken off: { $amount } in place of { $before }
mail-edited-address = It goes to another address.

edit-discount = Discount
edit-unconfirmed = The order is not confirmed yet: it can be changed once it is paid.
edit-sent = The order is on its way: it can't be changed any more.
edit-cancelled = The order was cancelled: it can't be changed any more.
edit-by-shopper-too-late = The time in which you can change your order yourself is over. Write to the shop.
edit-quantity-range = Give a quantity from { $least } to { $most }.
edit-nothing = Nothing of it is different.
edit-nothing-left = Nothing would be left of the order. Cancel it instead.
edit-fewer-only = Only fewer units are possible. Place another order for more.
edit-discount-asks = { $title } was given for what you have bought and would not apply any more. Write to the shop to take goods out.
edit-price-asks = The price of { $title } is for the quantity that you have bought. Write to the shop to have fewer.
edit-shipping-asks = Shipping is free for what you have bought and would not be any more. Write to the shop to take goods out.
edit-delivered-at-once = { $title } was given with the order and can't be changed.
edit-line-least = { $least } of { $title } are packed, sent or paid back: there can't be fewer.
edit-line-named = { $title } was sent, paid back, sent back or withdrawn from before: it can't be taken out.

## Text messages about an order

sms-dispatched = { $shop }: your order { $number } is on its way.
sms-dispatched-carrier = { $shop }: your order { $number } is on its way with { $carrier }.
sms-dispatched-part = { $shop }: a part of your order { $number } is on its way.
sms-ready = { $shop }: your order { $number } is ready to be picked up.
sms-ready-part = { $shop }: a part of your order { $number } is ready to be picked up.
sms-out-for-delivery = { $shop }: a parcel of your order { $number } is out for delivery.
sms-delivered = { $shop }: a parcel of your order { $number } was delivered.

## SMS zu einer Bestellung

sms-dispatched = { $shop }: Ihre Bestellung { $number } ist unterwegs.
sms-dispatched-carrier = { $shop }: Ihre Bestellung { $number } ist mit { $carrier } unterwegs.
sms-dispatched-part = { $shop }: Ein Teil Ihrer Bestellung { $number } ist unterwegs.
sms-ready = { $shop }: Ihre Bestellung { $number } liegt zur Abholung bereit.
sms-ready-part = { $shop }: Ein Teil Ihrer Bestellung { $number } liegt zur Abholung bereit.
sms-out-for-delivery = { $shop }: Ein Paket Ihrer Bestellung { $number } wird heute zugestellt.
sms-delivered = { $shop }: Ein Paket Ihrer Bestellung { $number } wurde zugestellt.

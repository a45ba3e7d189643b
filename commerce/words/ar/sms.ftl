## الرسائل النصية عن الطلب

sms-dispatched = { $shop }: طلبك { $number } في الطريق.
sms-dispatched-carrier = { $shop }: طلبك { $number } في الطريق مع { $carrier }.
sms-dispatched-part = { $shop }: جزء من طلبك { $number } في الطريق.
sms-ready = { $shop }: طلبك { $number } جاهز للاستلام.
sms-ready-part = { $shop }: جزء من طلبك { $number } جاهز للاستلام.
sms-out-for-delivery = { $shop }: طرد من طلبك { $number } في طريقه إليك الآن.
sms-delivered = { $shop }: سُلِّم طرد من طلبك { $number }.

## 注文についてのSMS

sms-dispatched = { $shop }：ご注文{ $number }を発送しました。
sms-dispatched-carrier = { $shop }：ご注文{ $number }を{ $carrier }で発送しました。
sms-dispatched-part = { $shop }：ご注文{ $number }の一部を発送しました。
sms-ready = { $shop }：ご注文{ $number }の受け取り準備ができました。
sms-ready-part = { $shop }：ご注文{ $number }の一部の受け取り準備ができました。
sms-out-for-delivery = { $shop }：ご注文{ $number }の荷物を配達中です。
sms-delivered = { $shop }：ご注文{ $number }の荷物をお届けしました。

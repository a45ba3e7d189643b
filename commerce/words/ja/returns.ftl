### 返品について伝えること。

return-is-requested = 返品はまず承認または却下を待っています。
return-is-approved = 返品は承認済みで、まだ何も届いていません。
return-is-received = 返品の商品はすでに届いています。
return-is-inspected = 返品はすでに検品済みです。
return-is-closed = 返品は完了しています。
return-is-refused = 返品は却下されました。
return-is-cancelled = 返品は取り消されました。

return-not-sent = まだ発送されていません。代わりに注文をキャンセルしてください。
return-nothing-left = すべて返品済み、返金済み、または返送中です。
return-too-late = 返品の期限は{ $day }まででした。
return-digital = ダウンロード商品とギフトカードは返品できません。
return-exempt-made-to-order = 受注製作のため返品できません。
return-exempt-perishable = 傷みやすいため返品できません。
return-exempt-hygiene = 衛生上の理由により、開封後は返品できません。
return-exempt-sealed-media = 封を切ったあとは返品できません。
return-exempt-other = この商品は返品を受け付けていません。
return-only-so-many = { $title }は{ $left }点まで返品できます。
return-lines-range = 返品は1行から{ $count }行までです。
return-pictures-max = 返品の画像は{ $count }枚までです。
return-too-many = 1件の注文の返品は{ $count }件までです。ショップにご連絡ください。
return-credit-of-guest = ストアクレジットはアカウントをお持ちの方のみです。返金または交換をお選びください。

timeline-return-requested = 返品の申し込みを受け付けました。
timeline-return-approved = 返品が承認されました。送り方をお知らせしました。
timeline-return-refused = 返品は却下されました。
timeline-return-cancelled = 返品は取り消されました。
timeline-return-received = 返送された商品が届きました。
timeline-return-closed = 返品が完了しました。
timeline-exchanged = ご返送の商品のお支払いを、交換品のお支払いに充てました。
timeline-refunded-first = ご返送の商品のお支払い分は、最初のお支払い方法に戻ります。
timeline-claim-resent = ご注文の商品を再度お送りします。
timeline-claim-settled = お申し出に対応しました。

mail-return-goods = 返品する商品
mail-return-address = 送り先
mail-return-number = 返品{ $number }
mail-return-label = 荷物のラベル
mail-return-requested-subject = 返品{ $number }のお申し込みを受け付けました
mail-return-requested-heading = お申し込みを受け付けました
mail-return-requested-text = ご注文{ $number }の商品の返品をお申し込みいただきました。
mail-return-requested-next = 内容を確認してご連絡します。それまでお送りにならないでください。
mail-return-approved-subject = 返品{ $number }が承認されました
mail-return-approved-heading = 返品が承認されました
mail-return-approved-text = ご注文{ $number }の次の商品をお送りください。
mail-return-approved-next = 荷物に返品番号をお書きください。届きしだいご連絡します。
mail-return-refused-subject = 返品{ $number }はお受けできません
mail-return-refused-heading = 返品をお受けできません
mail-return-refused-text = ご注文{ $number }の返品のお申し込みを確認しましたが、お受けできません。
mail-return-received-subject = 返品{ $number }が届きました
mail-return-received-heading = 返品が届きました
mail-return-received-text = ご注文{ $number }の返送された商品が届きました。
mail-return-received-next = 商品を確認し、返金についてご連絡します。
mail-exchanged-subject = ご注文 { $number } の商品を交換します
mail-exchanged-heading = 交換の手続きを進めています
mail-exchanged-text = ご注文 { $number } の商品にお支払いいただいた { $amount } を、交換品をお送りする注文のお支払いに充てました。
mail-exchange-until = お支払い期限は{ $day }です。期限を過ぎると交換はキャンセルされ、代金は返金されます。
mail-refunded-first-text = ご注文 { $number } の{ $amount }は、最初のご注文のお支払い方法に戻ります。そのご注文について別途メールをお送りします。
mail-cancelled-exchange = ご返送の商品のお支払い分は、最初のお支払い方法に戻ります。そのご注文について別途メールをお送りします。
mail-exchanged-next = その注文については、お支払いが残る場合も含め、別途ご連絡します。

notice-return-approved = ご注文{ $number }の商品を返送できます。方法をご覧ください。
notice-return-refused = ご注文{ $number }の返品はお受けできません。
notice-return-received = ご注文{ $number }の返送された商品が届きました。

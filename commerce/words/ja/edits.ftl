# 発送前に変更されたご注文。

timeline-edited = ご注文が変更されました。
timeline-edited-unpaid = ご注文が変更されました。{ $amount }のお支払いが必要です。
timeline-edited-refund = ご注文が変更されました。{ $amount }を返金します。
notice-edited = ご注文{ $number }が変更されました。

mail-edited-subject = ご注文 { $number } が変更されました
mail-edited-heading = ご注文が変更されました
mail-edited-text = ご注文 { $number } は下記のとおり変更されました。合計は{ $total }です。
mail-edited-unpaid = { $amount }のお支払いが残っています。お支払いの確認後に発送いたします。
mail-edited-refund = お支払い方法に{ $amount }を返金します。
mail-edited-reason = 理由：{ $reason }
mail-edited-pay = { $amount }を支払う
mail-edited-next = お心当たりのない場合は、このメールにご返信ください。
mail-edited-added = 追加：{ $title } × { $quantity }
mail-edited-removed = 取り消し：{ $title }
mail-edited-quantity = { $title }：{ $before }点から{ $quantity }点に変更
mail-edited-price = { $title }：単価{ $before }から{ $price }に変更
mail-edited-shipping = 配送：{ $name }、{ $price }
mail-edited-discount = 割引：{ $before }から{ $amount }に変更
mail-edited-address = お届け先が変更されました。

edit-discount = 割引
edit-unconfirmed = ご注文はまだ確定していません。お支払い後に変更できます。
edit-sent = ご注文は発送済みのため、変更できません。
edit-cancelled = ご注文はキャンセルされたため、変更できません。
edit-by-shopper-too-late = お客様ご自身で変更できる時間を過ぎました。ショップにご連絡ください。
edit-quantity-range = 数量は{ $least }から{ $most }までで入力してください。
edit-nothing = 変更がありません。
edit-nothing-left = ご注文の商品がなくなります。キャンセルをご利用ください。
edit-fewer-only = 数量を減らすことのみ可能です。追加は新しくご注文ください。
edit-discount-asks = { $title }はご購入内容に応じたもののため、適用されなくなります。商品を減らすにはショップにご連絡ください。
edit-price-asks = { $title }の価格はご購入数量に応じたものです。数量を減らすにはショップにご連絡ください。
edit-shipping-asks = 送料無料はご購入内容に応じたもののため、適用されなくなります。商品を減らすにはショップにご連絡ください。
edit-delivered-at-once = { $title }はご注文時に提供済みのため、変更できません。
edit-line-least = { $title }のうち{ $least }点は梱包、発送または返金済みのため、それより少なくできません。
edit-line-named = { $title }は発送、返金、返品または契約の撤回がされたことがあるため、取り消せません。

### DRAFT: to be read by a native speaker before it is relied on.

## The frame of every mail

mail-hello = { $name } 様
mail-hello-nobody = お客様
mail-labelled = { $label }：{ $value }
mail-label = { $label }：

## An order

mail-order = ご注文 { $number }
mail-see-order = ご注文を見る
mail-follow-parcel = 荷物を追跡する
mail-what-next = 今後の流れ
mail-step-received = 受付
mail-step-confirmed = 確定
mail-step-dispatched = 配送中
mail-subtotal = 小計
mail-discount = 割引
mail-discount-by = 割引：{ $discount }
mail-shipping = 送料
mail-shipping-free = 無料
mail-tax = 税
mail-tax-included = { $kind ->
    [sales] うち売上税 { $tax }
    [gst] うちGST { $tax }
    [consumption] うち消費税 { $tax }
   *[vat] うち税 { $tax }
}
mail-total = 合計
mail-each = 1点 { $price }、計 { $total }
mail-gift-message = ギフトメッセージ
mail-pick-up-at = 受け取り場所
mail-opening-hours = 営業時間：{ $hours }
mail-shipping-to = お届け先
mail-shipping-by = 配送方法
mail-backorder = 入荷待ち：{ $quantity }点中{ $units }点
mail-backorder-expected = 入荷待ち：{ $quantity }点中{ $units }点（{ $date }入荷予定）
mail-pre-order = 予約：{ $quantity }点中{ $units }点
mail-pre-order-expected = 予約：{ $quantity }点中{ $units }点（{ $date }入荷予定）
mail-why-order = このメールアドレスで{ $shop }にご注文があったため、このメールをお送りしています。
mail-keep-link = メール内のリンクはパスワードなしでご注文を開きます。このメールは他の方に渡さないでください。

## Files that were bought

mail-downloads = ダウンロード
mail-download-often = { $count ->
    [1] 1回
   *[other] { $count }回
}
mail-download-until = { $moment }まで
mail-download-often-until = { $count ->
    [1] 1回、{ $moment }まで
   *[other] { $count }回、{ $moment }まで
}

## The order is received

mail-received-subject = ご注文 { $number } を承りました
mail-received-heading = ご注文ありがとうございます
mail-received-preview = 商品を確保しました。お支払いを確認しています。
mail-received-text = ご注文 { $number } を承りました。商品を確保し、お支払いを確認しています。
mail-received-next = お支払いの確認が取れしだい（通常は数分以内に）、メールでご注文の確定をお知らせします。銀行で確認が必要な場合は、ご注文へのリンクからお進みください。

## The order is confirmed

mail-confirmed-subject = ご注文 { $number } が確定しました
mail-confirmed-heading = ご注文が確定しました
mail-confirmed-text = ご注文 { $number } が確定しました。お選びいただいた商品はすべてお客様のものです。
mail-confirmed-text-packed = ご注文 { $number } が確定しました。お選びいただいた商品はすべてお客様のものです。これから梱包いたします。
mail-confirmed-text-waiting = ご注文 { $number } が確定しました。まだ入荷していない商品があります。その商品と入荷予定は下記をご覧ください。そろいしだい、まとめて発送いたします。
mail-confirmed-next = 荷物を発送したら、追跡できるよう改めてメールでお知らせします。それまではご注文のページからキャンセルできます。
mail-confirmed-next-pick-up = 受け取りの準備ができたら、改めてメールでお知らせします。それまではご注文のページからキャンセルできます。

## The goods are on their way

mail-dispatched-subject = ご注文 { $number } を発送しました
mail-dispatched-subject-pick-up = ご注文 { $number } の受け取り準備ができました
mail-dispatched-subject-part = ご注文 { $number } の一部を発送しました
mail-dispatched-subject-part-pick-up = ご注文 { $number } の一部の受け取り準備ができました
mail-dispatched-heading = ご注文の商品を発送しました
mail-dispatched-heading-pick-up = 受け取りの準備ができました
mail-dispatched-heading-part = ご注文の一部を発送しました
mail-dispatched-heading-part-pick-up = ご注文の一部の受け取り準備ができました
mail-dispatched-text = ご注文 { $number } を発送しました。
mail-dispatched-text-carrier = ご注文 { $number } を{ $carrier }で発送しました。
mail-dispatched-text-pick-up = ご注文 { $number } をご用意してお待ちしています。
mail-dispatched-part = ご注文 { $number } の一部を発送しました。
mail-dispatched-part-carrier = ご注文 { $number } の一部を{ $carrier }で発送しました。
mail-dispatched-part-pick-up = ご注文 { $number } の一部をご用意してお待ちしています。
mail-tracking-number = 追跡番号
mail-in-parcel = この荷物の内容
mail-dispatched-last = ご注文 { $number } の残りを発送しました。
mail-dispatched-last-carrier = ご注文 { $number } の残りを{ $carrier }で発送しました。
mail-dispatched-last-pick-up = ご注文 { $number } の残りをお受け取りいただけます。
mail-still-to-come = これからお届けする商品
mail-dispatched-next = お選びの配送方法の日数のうちに届く予定です。
mail-dispatched-next-tracked = 配送会社に最初の情報が表示されるまで、1日ほどかかることがあります。
mail-dispatched-next-part = 残りは別の荷物でお送りします。発送したら改めてメールでお知らせします。
mail-dispatched-next-pick-up = 注文番号をお持ちください。
mail-dispatched-next-part-pick-up = 注文番号をお持ちください。残りの準備ができたら改めてメールでお知らせします。

## The order is cancelled

mail-cancelled-subject = ご注文 { $number } はキャンセルされました
mail-cancelled-heading = ご注文はキャンセルされました
mail-cancelled-text = ご注文 { $number } はキャンセルされ、発送されません。
mail-cancelled-reason = 理由：{ $reason }
mail-cancelled-not-charged = 請求は発生していません。
mail-cancelled-payment-unknown = お支払いが完了したかどうか、まだ分かっていません。完了していた場合は、こちらから返金し、メールでお知らせします。
mail-cancelled-held = 請求は発生していません。銀行に保留中の金額が表示されている場合は、通常数日以内に自動的に解除されます。
mail-cancelled-paid = お支払いいただいた{ $amount }は、ご利用のお支払い方法に返金し、完了したら改めてメールでお知らせします。

## Money is paid back

mail-refunded-subject = ご注文 { $number } の返金をいたしました
mail-refunded-heading = 返金いたしました
mail-refunded-preview = { $amount }をお客様の口座に返金しました。
mail-refunded-text = ご注文 { $number } のお支払い方法に{ $amount }を返金しました。
mail-refunded-text-whole = ご注文 { $number } のお支払い方法に{ $amount }を返金しました。これでお支払いいただいた金額はすべて返金済みです。
mail-refunded-reason = 理由：{ $reason }
mail-refunded-fee = 返品された商品の代金から手数料として { $amount } を差し引きました。
mail-refunded-next = 銀行の処理により、5日から10日ほどで明細に表示されます。

## 会社の未払いが期限を過ぎている

mail-overdue-subject = ご注文{ $number }のお支払い期限が過ぎています
mail-overdue-heading = お支払い期限が過ぎています
mail-overdue-text = { $company }様が掛けで購入されたご注文{ $number }の{ $amount }は、{ $due }がお支払い期限でした。お早めにお支払いください。
mail-overdue-paid = すでにお支払い済みの場合は、何もしていただく必要はありません。
mail-overdue-again-subject = 再度のお知らせ：ご注文 { $number } のお支払い期限が過ぎています
mail-overdue-again-heading = お支払いがまだ確認できません
mail-overdue-again-text = { $company } 様が掛けで購入されたご注文 { $number } の { $amount } は、{ $due } がお支払い期限でした。すでに一度お知らせしています。すぐにお支払いいただくか、ご連絡ください。

## 注文のお支払い期限（合計の下）

mail-account-due = 掛け払い：{ $due } までにお支払いください
mail-account-overdue = 掛け払い：{ $due } に期限が過ぎました
mail-account-paid = 掛け払い：お支払い済み
mail-account-credited = 掛け払い：お支払いの必要はありません
mail-purchase-order = 貴社の注文番号

## 購入の承認

mail-request-subject = { $buyer } 様が { $company } の購入の承認を申請しています
mail-request-heading = 承認待ちの購入があります
mail-request-text = { $buyer } 様が { $company } のために { $amount } の購入を希望し、承認を求めています。
mail-request-approved-subject = 購入が承認されました：ご注文 { $number }
mail-request-approved-heading = 購入が承認されました
mail-request-approved-text = { $company } のための { $amount } の購入が承認されました。ご注文番号は { $number } です。
mail-request-refused-subject = { $company } の購入は承認されませんでした
mail-request-refused-heading = 購入は承認されませんでした
mail-request-refused-text = { $company } のための { $amount } の購入は承認されませんでした。カートを変更して、もう一度申請できます。
mail-request-see = 申請を見る

## The link to an order, for whoever asked for it

mail-order-link-subject = ご注文 { $number } へのリンク
mail-order-link-heading = ご注文
mail-order-link-text = お客様、またはお客様のメールアドレスをご存じの方が、ご注文 { $number } へのリンクを請求されました。このリンクはログインなしで注文を開きます。他の方に渡さないでください。
mail-order-link-other = お心当たりがない場合は、何もしていただく必要はありません。
mail-imported-subject = ご注文 { $number }
mail-imported-text = お客様、またはお客様のメールアドレスをご存じの方が、{ $time } のご注文 { $number } の内容を請求されました。以前のショップでのご注文です。当店にある内容は次のとおりです。
mail-imported-total = 合計: { $amount }

## The payment failed

mail-payment-failed-subject = ご注文 { $number } のお支払いが完了しませんでした
mail-payment-failed-heading = お支払いが完了しませんでした
mail-payment-failed-text = 請求は発生しておらず、ご注文 { $number } は残っています。
mail-payment-failed-action = もう一度支払う
mail-held-until = 商品は{ $moment }まで確保しています。
mail-payment-next = お支払いが完了しだい、メールでご注文の確定をお知らせします。
mail-payment-next-held = お支払いが完了しだい、メールでご注文の確定をお知らせします。商品の確保期間中に完了しない場合、ご注文はキャンセルされ、費用はかかりません。

## How to pay

mail-instructions-subject = ご注文 { $number } のお支払い方法
mail-instructions-heading = お支払い方法
mail-instructions-preview = お支払いが届くまで商品を確保しています。
mail-instructions-text = 商品を確保しました。ご注文 { $number } のお支払いは次のとおりです。
mail-instructions-next = お支払いが届きしだい、メールでご注文の確定をお知らせします。
mail-instructions-next-held = お支払いが届きしだい、メールでご注文の確定をお知らせします。商品の確保期間中に届かない場合、ご注文はキャンセルされ、費用はかかりません。

## Downloads anew

mail-downloads-subject = ご注文 { $number } のダウンロード
mail-downloads-text = ご注文 { $number } のダウンロードの準備ができました。

## Back in stock

mail-back-subject = { $title } が再入荷しました
mail-back-heading = 再入荷のお知らせ
mail-back-text = お知らせをご希望の{ $title }が{ $shop }に再入荷しました。お取り置きはしておらず、先着順での販売となります。
mail-back-action = 商品を見る
mail-back-why = このメールアドレスで（おそらくお客様ご自身から）ご希望があったため、一度だけお送りしています。
mail-back-stop = このアドレスへの入荷のお知らせをすべて停止する

## To the shop itself: little is left

mail-low-subject = 在庫わずか：{ $title }（{ $sku }）
mail-low-heading = 在庫が残りわずかです
mail-low-text = { $title }（{ $sku }）の在庫が少なくなっています。
mail-low-place = { $place }：{ $count }点
mail-low-why = { $threshold }点以下になったときのお知らせが設定されています。次のお知らせは、在庫が一度増えた後になります。
mail-webhook-disabled-subject = Webhookを停止しました：{ $endpoint }
mail-webhook-disabled-heading = Webhookを停止しました
mail-webhook-disabled-failing = { $endpoint }が数日間イベントを受け取らないため、送信を停止しました。
mail-webhook-disabled-gone = { $endpoint }が廃止されたと応答したため、送信を停止しました。
mail-webhook-disabled-next = 受け取られなかったイベントはしばらく保存されます。原因を解消して再び有効にし、再送してください。
mail-webhook-disabled-see = 送信状況を見る

## スタッフが作成した注文のお支払い

mail-draft-subject = { $shop } のご注文 { $number } のお支払いについて
mail-draft-heading = ご注文のお支払いをお願いいたします
mail-draft-text = ご注文 { $number } をご用意しました。お支払い金額：{ $amount }
mail-draft-text-shipping = ご注文 { $number } をご用意しました。お支払い金額：{ $amount }（お選びいただく配送料が加わります）
mail-draft-line = { $title } × { $quantity }：{ $amount }
mail-draft-until = お支払い期限：{ $time }
mail-draft-pay = 内容を確認して支払う
draft-order-discount = 割引

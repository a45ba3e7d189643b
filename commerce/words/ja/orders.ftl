### DRAFT: to be read by a native speaker before it is relied on.

## The timeline

timeline-created = ご注文を承りました。
timeline-created-from-draft = お見積もり { $number } のとおりご注文を承りました。
timeline-payment-pending = お支払いを処理しています。
timeline-action-required = 銀行がお支払いの確認を求めています。
timeline-instructions = お支払い方法をお知らせしました。
timeline-payment-authorized = お支払いが承認されました。
timeline-payment-promised = 商品の到着時にお支払いいただきます。
timeline-payment-on-account = 掛け払いです。貴社の条件による期日までにお支払いください。
timeline-payment-arrived = お支払いを受け取りました。
timeline-payment-captured = お支払いが完了しました。
timeline-payment-voided = ご注文のために保留されていた金額が解除されました。
timeline-payment-failed = お支払いが完了しませんでした。もう一度お試しいただけます。
timeline-confirmed = ご注文が確定しました。
timeline-confirmed-packed = ご注文が確定しました。これから梱包いたします。
timeline-dispatched = ご注文の商品を発送しました。
timeline-dispatched-carrier = ご注文の商品を{ $carrier }で発送しました。
timeline-dispatched-pick-up = 受け取りの準備ができました。
timeline-parcel-packed = ご注文の荷物の準備ができました。
timeline-parcel-dispatched = ご注文の一部を発送しました。
timeline-parcel-dispatched-carrier = ご注文の一部を{ $carrier }で発送しました。
timeline-parcel-dispatched-pick-up = ご注文の一部をお受け取りいただけます。
timeline-parcel-in-transit = ご注文の荷物は輸送中です。
timeline-parcel-out-for-delivery = ご注文の荷物は配達中です。
timeline-parcel-delivered = ご注文の荷物が届きました。
timeline-parcel-delivery-failed = ご注文の荷物を配達できませんでした。今後については配送業者からご案内があります。
timeline-parcel-returned = ご注文の荷物が当店に戻りました。
timeline-parcel-updated = ご注文の荷物の追跡方法が変わりました。
timeline-parcel-cancelled = 荷物は発送前に取り消されました。
timeline-completed = ご注文が完了しました。
timeline-cancelled = ご注文はキャンセルされました。
timeline-cancelled-reason = ご注文はキャンセルされました：{ $reason }
timeline-refund-requested = { $amount }の返金手続き中です。
timeline-refund-requested-reason = { $amount }の返金手続き中です：{ $reason }
timeline-refund-requested-all = 返金手続き中です。
timeline-refunded = { $amount }を返金しました。
timeline-refunded-reason = { $amount }を返金しました：{ $reason }
timeline-refunded-all = 返金しました。
timeline-contact-updated = ご連絡先が訂正されました。
timeline-address-updated = お届け先の住所が訂正されました。
timeline-downloads-renewed = ダウンロードが更新されました。

## Why an order was cancelled, at the end of a sentence

cancelled-not-paid = 期限までにお支払いがありませんでした。
cancelled-sold-out = お支払いが届く前に商品が売り切れました。代金は返金いたします。

## Messages in the shop

notice-action-required = ご注文 { $number } のお支払いを確認してください。
notice-instructions = ご注文 { $number } のお支払い方法はこちらです。
notice-payment-failed = ご注文 { $number } のお支払いが完了しませんでした。
notice-confirmed = ご注文 { $number } が確定しました。
notice-dispatched = ご注文 { $number } を発送しました。
notice-parcel-dispatched = ご注文 { $number } の一部を発送しました。
notice-parcel-delivered = ご注文 { $number } の荷物が届きました。
notice-parcel-delivery-failed = ご注文 { $number } の荷物を配達できませんでした。
notice-completed = ご注文 { $number } が完了しました。
notice-cancelled = ご注文 { $number } はキャンセルされました。
notice-refunded = ご注文 { $number } の返金をいたしました。
notice-owed-less = ご注文 { $number } のお支払い額が減りました。
notice-exchanged = ご注文 { $number } の商品にお支払いいただいた金額を、交換品のお支払いに充てました。

## Why a payment was declined

declined = お支払いが拒否されました。別のお支払い方法を使うか、銀行にお問い合わせください。
declined-funds = 口座の残高が不足しています。別のお支払い方法をお使いください。
declined-expired = このカードは有効期限が切れています。別のカードをお使いください。
declined-saved-gone = この保存済みカードはもう登録されていないため、請求は行われていません。カード情報をもう一度入力するか、別のお支払い方法をお使いください。
declined-details = カードの情報が正しくありません。確認してもう一度お試しください。
declined-unconfirmed = お支払いが確認されませんでした。もう一度お試しのうえ、銀行で確認してください。
declined-unsupported = このカードは今回のお買い物にご利用いただけません。別のお支払い方法をお使いください。
declined-limit = カードの利用限度額に達しています。別のカードを使うか、銀行にお問い合わせください。
declined-voided = お支払いは完了前に中止されました。もう一度お試しください。
declined-processing = お支払いを処理できませんでした。もう一度お試しください。

## What stands in the way of a payment

payment-action-required = お支払いを完了するには、もう一つ手続きが必要です。
payment-pending = お支払いを処理しています。
payment-provider-unavailable = 決済会社の応答がないため、お支払いが遅れています。お客様の操作は必要ありません。
payment-config-missing = 現在お支払いを受け付けられません。ショップには通知済みです。再度お支払いいただく必要はありません。
payment-voided = お支払いは中止され、請求は発生していません。

## Why there is no tax, as an invoice says it

tax-exempt = 非課税。
tax-reverse-charge = リバースチャージ：税はお客様が納付します。
tax-export = 輸出：当店の国の税はかかりません。

### DRAFT: to be read by a native speaker before it is relied on.

gift-card-day = ギフトカードの送付日は 2027-12-24 のように書き、1年以内の日付にしてください。
gift-card-code-form = ギフトカードのコードではありません。{ $example } のような20文字の英数字です。入力をご確認ください。
gift-card-unknown = このコードのギフトカードはないか、無効になっています。
gift-card-empty = このギフトカードの残高はありません。
gift-card-expired = このギフトカードは期限切れです。
gift-card-currency = このギフトカードは { $card }、カートは { $cart } です。
gift-card-amount-fixed = このギフトカードの金額は選べません。表示価格のとおりです。
gift-card-amount-currency = このギフトカードの金額は { $currency } でのみ選べます。
gift-card-amount-range = { $least } から { $most } までの金額を { $step } 単位で選んでください。
gift-cards-max = 1つのカートに使えるギフトカードは { $count } 枚までです。
gift-card-lower = 末尾が { $digits } のギフトカードで支払えるのは { $current } です(以前は { $seen })。
store-credit-sign-in = ストアクレジットで支払うにはログインしてください。
store-credit-none = { $currency } のストアクレジットはありません。
store-credit-lower = ストアクレジットは現在 { $current } です(以前は { $seen })。
credit-used-meanwhile = ギフトカードまたはストアクレジットがほかで使われました。カートをもう一度ご確認ください。

## ギフトカードのメール

mail-gift-card-subject = { $shop } のギフトカードが届きました
mail-gift-card-heading = ギフトカードが届きました
mail-gift-card-text = { $shop } のギフトカード({ $amount })が届きました。
mail-gift-card-text-from = { $sender } さんから { $shop } のギフトカード({ $amount })が届きました。
mail-gift-card-code = コード
mail-gift-card-how = お支払いの際に入力してください。残高は次回のご注文に使えます。
mail-gift-card-expires = 有効期限は { $date } です。
mail-gift-card-keep = コードを知っている人は誰でも使えます。このメールは現金と同じように保管してください。
mail-gift-card-action = ショップへ
mail-credit-expires-subject = { $shop } の { $amount } がまもなく失効します
mail-credit-expires-heading = まもなく期限です
mail-credit-expires-card = 末尾 { $digits } のギフトカードに { $amount } 残っています。有効期限は { $date } です。
mail-credit-expires-own = ストアクレジットが { $amount } あります。有効期限は { $date } です。

## 残高への返金

mail-refunded-card-text = ご注文 { $number } の { $amount } を、末尾 { $digits } のギフトカードに戻しました。
mail-refunded-credit-text = ご注文 { $number } の { $amount } をストアクレジットに追加しました。
mail-refunded-credit-next = 次回のご注文からすぐにお使いいただけます。

## 注文メール

mail-credit = ギフトカード・ストアクレジット
mail-due = お支払い残額
mail-cancelled-credit = ギフトカードとストアクレジットでのお支払い分は残高に戻りました。

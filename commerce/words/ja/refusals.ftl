### DRAFT: to be read by a native speaker before it is relied on.

## Any input

empty-field = `{ $field }`を入力してください。
too-many-characters = `{ $field }`は{ $count }文字以内で入力してください。
hidden-characters = `{ $field }`に制御文字、または文字を隠す文字が含まれています。
not-an-email = `{ $field }`には`ada@example.com`のようなメールアドレスを1つ入力してください。
quoted-email = `{ $field }`の@の前に引用符があり、多くのメールサーバーで拒否されます。別のメールアドレスを入力してください。
dotted-email = `{ $field }`の@の前の部分の先頭か末尾にピリオドがあるか、ピリオドが連続しており、多くのメールサーバーで拒否されます。別のメールアドレスを入力してください。
not-a-country = `{ $field }`には`DE`のようなISO 3166-1の2文字の国コードを入力してください。
postal-code-empty = `postalCode`を入力してください。
postal-code-form = `postalCode`は`{ $example }`の形式で入力してください（{ $country }）。
phone-form = `{ $field }`は`+49 30 123456`のような電話番号を入力してください。
mobile-form = `{ $field }`は`{ $example }`のように国番号を付けた携帯電話番号を入力してください。
sms-order-over = このご注文について、お知らせすることはもうありません。
push-subscription = ブラウザーから、通知を送れる宛先が届きませんでした。もう一度お試しになるか、別のブラウザーをお使いください。
region-unknown = `region`は{ $country }の郵便の一覧にある地域を、`{ $example }`のように入力してください。
# What staff keep, within another message. `$what` is English.
noun = { $kind ->
    [discount] 割引
    [draft-order] 下書き注文
    [line-in-this-draft-order] この下書き注文の明細
    [product] 商品
    [variant] バリエーション
    [variant-of-this-product] この商品のバリエーション
    [category] カテゴリー
    [collection] コレクション
    [attribute] 属性
    [picture] 画像
    [picture-of-this-product] この商品の画像
    [upload] アップロード
    [file] ファイル
    [download] ダウンロード
    [customer] 顧客
    [session] セッション
    [link] リンク
    [identity] 連携アカウント
    [identity-provider] ログインプロバイダー
    [second-factor] 二段階認証
    [member-of-staff] スタッフ
    [role] 役割
    [open-invitation] 有効な招待
    [app] アプリ
    [location] 拠点
    [stock] 在庫
    [stock-policy] 在庫ルール
    [transfer] 在庫移動
    [count] 棚卸し
    [capture] 売上確定
    [refund] 返金
    [mail] メール
    [note] メモ
    [page] ページ
    [menu] メニュー
    [redirect] リダイレクト
    [text] テキスト
    [text-message] SMS
    [shipping-zone] 配送地域
    [zone] 地域
    [shipping-method] 配送方法
    [method] 配送方法
    [tax-rate] 税率
    [rate] 税率
    [economic-operator] 事業者
    [search-rule] 検索ルール
    [search-settings] 検索設定
    [group-of-synonyms] 同義語グループ
    [setting] 設定
    [flag] フラグ
    [export] エクスポート
    [bulk-operation] 一括処理
    [file-of-operations] 処理ファイル
    [job] ジョブ
    [finding] 検出結果
    [thing] 対象
    [deleted-metafield] 削除済みメタフィールド
    [order] 注文
   *[other] { $what }
}
missing = 見つかりません：{ $noun }
missing-address = この住所は見つかりません。
missing-cart = このカートは見つかりません。
missing-line = この明細はカートにありません。
missing-order = このご注文は見つかりません。
missing-payment = このお支払いは見つかりません。
outdated = その間に変更されました：{ $noun }（現在のバージョン{ $version }）。読み込み直してください。
outdated-account = その間にアカウントが変更されました（バージョン{ $version }）。読み込み直してください。
outdated-address = その間に住所が変更されました（バージョン{ $version }）。読み込み直してください。
outdated-cart = その間にカートが変更されました（バージョン{ $version }）。読み込み直してください。
too-often = 回数が多すぎます。{ $seconds }秒後にもう一度お試しください。
not-offered = 現在、このショップではご利用いただけません。
sign-in-to-order = ご注文には、ログインまたはアカウントの作成が必要です。
key-reused = このべき等キーは別のリクエストで使われています。新しいキーを使ってください。
request-key-form = Idempotency-Key は表示可能なASCII文字1～{ $most }文字です（ランダムなUUIDなど）。
request-key-short = サインインしていない場合、Idempotency-Key は{ $least }文字以上です（ランダムなUUIDなど）。ほかにお客様を区別するものがありません。

## The cart

cart-empty = カートは空です。
cart-completed = このカートは注文済みのため変更できません。新しいカートを作ってください。
cart-lines-max = カートに入れられるのは{ $count }種類までです。
cart-quantity-range = 数量は{ $least }から{ $most }までで指定してください。
cart-variant-missing = このバリエーションは販売していません。
reorder-nothing = このご注文の商品はすべて販売を終了しています。
cart-sku-missing = このSKUは販売していません。
cart-claim-sign-in = カートを引き継ぐには、先にログインしてください。
cart-attributes-max = 指定できる属性は{ $count }個までです。
cart-attribute-twice = キー`{ $key }`が重複しています。
sold-out = { $title }は売り切れです。
only-so-many = { $title }の在庫は残り{ $available }点です。
order-at-least = { $title }は{ $minimum }点以上でご注文ください。
order-at-most = { $title }は{ $maximum }点以下でご注文ください。
order-in-steps = { $title }は{ $step }点単位での販売です。
on-account-not-offered = こちらでは掛け払いをご利用いただけません。別のお支払い方法をお選びください。
on-account-own-currency = 掛け払いは{ $currency }でのみご利用いただけます。別のお支払い方法をお選びください。
on-account-limit = さらに{ $amount }を加えると、御社の与信限度額を超えます。未払い分をお支払いいただくか、別のお支払い方法をお選びください。
no-longer-sold = { $title }は販売を終了しました。
not-sold-there = { $title }はこの国では販売していません：{ $country }。
price-changed = { $title }の価格は{ $seen }から{ $current }に変わりました。
total-changed = 合計金額が { $agreed } から { $total } に変わりました。カートをもう一度ご確認ください。
contact-missing = メールアドレスが必要です。
address-missing = お届け先の住所が必要です。
not-shipped-to = { $country }へはお届けできません。
not-carried = { $title }をこの住所に届けられる配送方法がありません。カートから外すか、別のお届け先にしてください。
no-method-fits = 重さや金額、または同梱できない商品のため、このカートをまとめて届けられる配送方法がありません。内容を変えるか、注文を分けてください。
not-payable = { $due }はここでは支払えません。お支払いは{ $step }単位です。数量を変えるか、ショップにお知らせください。
method-missing = 配送方法を選んでください。
address-of-goods-missing = 商品のお届け先を入力してください。発送するものがない場合は、請求先の住所だけで構いません。
method-needs-address = 先にお届け先を入力してください。配送方法はお届け先によって変わります。
method-does-not-reach = この配送方法はお届け先に届かないか、カートの商品すべてを運べません。
in-stock-already = 在庫があります。今すぐご注文いただけます。
alert-own-address = お知らせはご自身のメールアドレスに届きます。`email` は省いてください。
code-challenge-form = `code_challenge` はパディングなしの base64url による SHA-256 でなければなりません。
sign-in-code-dead = このコードは使用済みか期限切れです。もう一度プロバイダーでサインインしてください。
token-is-card-number = `token` がカード番号です。カード番号は送らないでください。決済会社のライブラリがブラウザーで受け取り、トークンを渡します。
saved-card-or-token = `token` か `savedPaymentMethodId` のどちらか一方を指定してください。
cards-not-saved = このお支払い方法ではカードを保存できません。保存せずに支払うか、別の方法をお選びください。
sign-in-to-save-card = カードを保存するにはログインしてください。
saved-cards-max = 保存できるカードは{ $count }枚までです。先に1枚削除してください。
missing-saved-card = その保存済みカードはありません。
payment-in-steps = 決済会社は{ $amount }を受け付けられません。{ $step }の倍数のみです。
export-address-dead = このアドレスはショップのものではないか、期限切れです。
order-changed-meanwhile = ご注文はその間に変更されました。もう一度ご覧ください。
alerts-max = このメールアドレスではすでに{ $count }件の商品をお待ちです。

## Discounts

discount-code-unknown = コード { $code } はありません。
discount-code-expired = コード { $code } は期限切れです。
discount-code-used-up = コード { $code } は使用上限に達しました。
discount-code-used-by-you = コード { $code } をご利用できる回数に達しました。
discount-code-elsewhere = コード { $code } はお客様の国または通貨ではご利用いただけません。
discount-code-other-customers = コード { $code } は特定のお客様向けです。該当する場合はログインしてください。
discount-code-not-first = コード { $code } は初回のご注文向けです。
discount-code-other-goods = コード { $code } の対象商品がカートにありません。
discount-code-spend-more = あと { $amount } でコード { $code } が適用されます。
discount-code-add-units = { $count ->
   *[other] あと { $count } 点でコード { $code } が適用されます。
}
discount-code-add-gift = { $count ->
   *[other] コード { $code } の割引対象商品を { $count } 点カートに入れてください。
}
discount-code-other-destination = コード { $code } はこのお届け先ではご利用いただけません。
discount-code-other-method = コード { $code } は選択した配送方法ではご利用いただけません。
discount-code-nothing-left = コード { $code } による割引はありません。
discount-code-outdone = コード { $code } は、より割引額の大きい他の割引と併用できません。
discount-codes-max = カートに入力できるコードは { $count } 個までです。
discount-near-spend = あと { $amount } で「{ $title }」
discount-near-units = { $count ->
   *[other] あと { $count } 点で「{ $title }」
}
discount-near-gift = { $count ->
   *[other] { $count } 点追加すると「{ $title }」
}
discount-gone = 割引がなくなりました。カートをもう一度ご確認ください。
discount-used-up-meanwhile = 「{ $title }」は使用上限に達しました。カートをもう一度ご確認ください。
discount-used-by-you-meanwhile = 「{ $title }」をご利用できる回数に達しました。カートをもう一度ご確認ください。

## Payment

no-payment-method = このお支払い方法はご利用いただけません。
payment-not-configured = 決済会社の設定がないため、現在お支払いを受け付けられません。
payment-earlier-open = このご注文の以前のお支払いが失敗したかどうか、まだ分かっていません。
payment-under-way = このご注文のお支払いを処理しています。結果をお待ちください。

## Accounts

wrong-credentials = メールアドレスとパスワードに一致するアカウントがありません。
wrong-password = パスワードが違います。
wrong-sign-up-password = このメールで設定したパスワードではありません。より新しいメールを探すか、もう一度登録してください。
password-not-set = アカウントにまだパスワードがありません。設定用のリンクを受け取り、そこからお戻りください。
language-not-spoken = この言語には対応していません。対応している言語：{ $languages }
email-taken = このメールアドレスのアカウントはすでにあります。ログインするか、別のアドレスをお使いください。
session-ended = セッションが終了しました。もう一度ログインしてください。
nobody-signed-in = ログインしていません。
sign-in-account = アカウントにログインしてください。
sign-in-orders = ご注文を見るにはログインしてください。
sign-in-notifications = お知らせを見るにはログインしてください。
changed-too-often = 変更の回数が多すぎます。ショップへご連絡ください。
addresses-max = 登録できる住所は{ $count }件までです。先に1件削除してください。
password-too-long = パスワードは{ $most }文字以内で入力してください。
password-too-short = パスワードは{ $least }文字以上にしてください。推測されにくければ{ $least-strong }文字以上でも構いません。
password-guessed = このパスワードは真っ先に推測されるものです。関連のない複数の単語を選んでください。
password-personal = このパスワードはメールアドレスやお名前でできています。別のものを選んでください。
provider-away = プロバイダーの応答がありません。しばらくしてからお試しいただくか、別の方法でログインしてください。
provider-did-not-hold = プロバイダーでのログインが有効ではありませんでした。最初からやり直してください。
provider-other-linked = このプロバイダーの別のアカウントがすでに連携しています。別の方法でログインし、先に連携を解除してください。
provider-not-let-in = このアカウントではログインできません。ショップにお問い合わせください。
provider-own-unconfirmed = アカウントのメールアドレスが確認されていません。先にメールで新しいパスワードを設定してください。
provider-unconfirmed = プロバイダーがメールアドレスを確認していません。そちらで確認するか、ここで登録してください。
provider-only-key = 他にアカウントを開く方法がありません。先にパスワード設定用のリンクを受け取ってください。
sign-in-not-begun = このログインはここで始まっていないか、時間が経ちすぎています。最初からやり直してください。

## Rights

sign-in-as-staff = スタッフとしてログインしてください。
app-lacks = このアプリのキーでは許可されていません（{ $permission }がありません）。
role-lacks-second-factor = あなたの役割では許可されていないか、先に二段階認証の設定が必要です。
role-lacks = あなたの役割では許可されていません。
beyond-own-rights = ご自身の権限を超えています（{ $permissions }がありません）。

## 保存されている情報とVAT番号

erasure-mails-on-their-way = すでに何通かのメールをお送りしています。いずれかをご確認ください。
erasure-orders-open = 処理中のご注文があります：{ $numbers }。完了またはキャンセルされてから、もう一度お申し込みください。
export-files-of-today = 本日分のファイルがすでにいくつかあります。いずれかを取得してください。
vat-number-too-long = VAT番号は14文字以内です。
vat-number-country = VAT番号はEU加盟国の2文字で始まります（ギリシャは`EL`、北アイルランドは`XI`）。
vat-number-mistyped = { $country }のVAT番号ではありません。`{ $prefix }`の後は{ $form }です（9は数字、Lは文字、Xはどちらか）。末尾は検査用です。入力をご確認ください。
vat-number-unconfirmed = 番号の形式は正しいのですが、このショップでは確認できないため、税がかかります。
vat-number-unknown = この番号は登録されていないため、税がかかります。入力に誤りがないかご確認ください。
vat-register-away = VAT番号の登録簿が応答しないため、税がかかります。しばらくしてから番号をもう一度入力してください。

## 購入の承認

cart-awaits-approval = このカートは会社の承認待ちです。回答があるか、申請を取り下げると変更できます。
approval-needed = 会社のための購入には責任者の承認が必要です。承認を申請してください。
approval-not-needed = 承認は不要です。そのまま注文できます。
approval-without-card = 承認待ちの購入には、今入力するカードは使えません。別のお支払い方法をお選びください。
nobody-approves = 貴社に承認できる方がいません。ショップにご連絡ください。
buys-for-another = 申請した方は、現在は別の購入者として購入しています。
request-decided = この申請にはすでに回答があります。
approves-not-ones-own = ご自身の申請です。別の責任者の承認が必要です。
purchase-order-of-company = 会社の注文番号は、会社のために購入する方のためのものです。

## ご注文の状態

order-cannot =
    ご注文は{ $from ->
        [created] 作成されたばかりです
        [pending] お支払い待ちです
        [paid] 支払い済みです
        [unpaid] 未払いです
        [confirmed] 確定しています
        [dispatched] 発送済みです
        [completed] 完了しています
       *[cancelled] キャンセルされています
    }。{ $what ->
        [pay] 再度お支払い
        [settle] 精算
        [confirm] 確定
        [dispatch] 発送
        [complete] 完了
       *[cancel] キャンセル
    }できません。

## スタッフが作成した注文

draft-order-over = このお見積もりは期限が切れたか、取り下げられました。あらためてお問い合わせください。
draft-order-locked = この注文は当店がご用意したものです。内容と価格は当店のみが変更できます。お問い合わせください。

### 契約の撤回について。下書き。

withdrawal-statement-whole = 私、{ $name }は、注文{ $order }の商品に関する契約を撤回します。
withdrawal-statement-part = 私、{ $name }は、注文{ $order }の次の商品に関する契約を撤回します:
withdrawal-statement-line = { $quantity } × { $title }
withdrawal-statement-email = 受領確認は{ $email }にお送りください。

withdrawal-name = お名前を入力してください。
withdrawal-no-lines = 撤回する商品を選ぶか、注文全体を撤回してください。
withdrawal-only-so-many = { $title }の注文数は{ $count }点です。
withdrawal-lines-of-unopened = 商品を選ぶには先に注文を開くか、対象の商品を文章でお書きください。
withdrawal-too-often = このアドレスでの回数が多すぎます。1時間後にもう一度お試しいただくか、ショップにご連絡ください。
withdrawal-is-decided = この撤回はすでに処理されています。
withdrawal-needs-order = 先に対象の注文を指定してください。
withdrawal-has-order = この撤回はすでに別の注文のものです。

withdrawal-return-note = 撤回{ $number }による返品です。
cancelled-withdrawn = 契約が撤回されました。代金は返金されます。
timeline-withdrawal-received = 撤回のお申し出を受け取りました。
timeline-withdrawal-accepted = 撤回が承認されました。
timeline-withdrawal-refused = 撤回を承認できませんでした。

mail-withdrawal-number = 番号
mail-withdrawal-at = 受領日時: { $moment }
mail-withdrawal-statement = お申し出の内容
mail-withdrawal-staff-statement = お申し出の内容
mail-withdrawal-see = 撤回を見る
mail-withdrawal-received-subject = 注文{ $order }の撤回を受け取りました({ $number })
mail-withdrawal-received-heading = 撤回を受け取りました
mail-withdrawal-received-text = 注文{ $order }の撤回を受け取ったことを確認いたします。このメールを保管してください。
mail-withdrawal-received-next = お手元の商品の返送先と返金の時期について、あらためてご連絡します。
mail-withdrawal-accepted-subject = 注文{ $order }の撤回が承認されました({ $number })
mail-withdrawal-accepted-heading = 撤回が承認されました
mail-withdrawal-accepted-text = 注文{ $order }の撤回を承認します。返金についてはあらためてご連絡します。
mail-withdrawal-refused-subject = 注文{ $order }の撤回について({ $number })
mail-withdrawal-refused-heading = 撤回を承認できません
mail-withdrawal-refused-text = 注文{ $order }の撤回を確認しましたが、承認できません:
mail-withdrawal-staff-subject = 注文{ $order }の撤回({ $number })
mail-withdrawal-staff-heading = お客様が契約を撤回しました
mail-withdrawal-staff-done = 期間内です。商品は返品として戻るか、注文がキャンセルされました。
mail-withdrawal-staff-open = 期間内ですが、対応が必要です: 対象外の商品、未発送の商品、または文章での説明があります。
mail-withdrawal-staff-late = 期間を過ぎています。判断してください。
mail-withdrawal-staff-not-entitled = この注文には撤回権がありません(市場または法人の購入のため)。判断してください。
mail-withdrawal-staff-unmatched = この番号とアドレスの注文がありません。対象の注文を確認してください。

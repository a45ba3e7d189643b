### DRAFT: to be read by a native speaker before it is relied on.

## What several of them say

account-link-once = リンクは{ $moment }まで、一度だけ開けます。
account-link-secret = リンクは{ $moment }まで、一度だけ開けます。他の方に渡さないでください。
account-choose-password = 新しいパスワードを設定する
account-not-you-unchanged = お心当たりがない場合は、何もする必要はありません。パスワードは変わりません。
account-not-you-tell = お心当たりがない場合は、すぐにショップへご連絡ください。パスワードを知られているおそれがあります。
account-subject = { $heading } · { $shop }

## Signing up

account-sign-up-heading = メールアドレスの確認
account-sign-up-text = このメールアドレスで{ $shop }のアカウントを作る申し込みがありました（おそらくお客様ご自身です）。設定したパスワードを使って、ご自身のアドレスであることを確認してください。
account-sign-up-not-you = お心当たりがない場合は、何もする必要はありません。アカウントは作られません。
account-taken-heading = アカウントはすでにあります
account-taken-text = このメールアドレスで{ $shop }のアカウントを作る申し込みがありました（おそらくお客様ご自身です）。アカウントはすでにありますので、ログインしてください。パスワードをお忘れの場合は、新しく設定できます。
account-taken-not-you = お心当たりがない場合は、何もする必要はありません。アカウントは変わりません。

## A new password

account-reset-heading = 新しいパスワード
account-reset-text = { $shop }のアカウントの新しいパスワードの申し込みがありました（おそらくお客様ご自身です）。

## Another mail address

account-change-heading = 新しいメールアドレスの確認
account-change-text = { $shop }のアカウントにこのメールアドレスを設定する申し込みがありました。ご自身のアドレスであることを確認してください。
account-change-not-you = お心当たりがない場合は、何もする必要はありません。アカウントのアドレスは変わりません。
account-taken-change-text = { $shop }の別のアカウントでこのメールアドレスを使う申し込みがありました。このアドレスにはすでにアカウントがあるため、何も変更されていません。

## Erasure

account-erasure-heading = アカウントを削除しますか
account-erasure-text = { $shop }のアカウントと関連するすべてのデータを削除する申し込みがありました（おそらくお客様ご自身です）。削除は取り消せません。
account-erasure-action = アカウントを削除する
account-erasure-not-you = お心当たりがない場合は、パスワードを変更してください。他の人に知られています。
account-unused-heading = アカウントがまもなく削除されます
account-unused-text = { $shop }のアカウントが長い間使われていません。{ $moment }を過ぎると、関連するすべてのデータとともに削除されます。残すには、その前にログインしてください。パスワードをお忘れの場合は、新しく設定できます。
account-unused-note = アカウントが不要な場合は、何もする必要はありません。

## What has happened

account-password-changed-heading = パスワードが変更されました
account-password-changed-text = { $shop }のアカウントのパスワードが変更されました（{ $moment }）。
account-change-requested-heading = メールアドレスの変更の申し込みがありました
account-change-requested-text = { $shop }のアカウントのメールアドレスを変更する申し込みがありました（{ $moment }）。
account-changed-heading = メールアドレスが変更されました
account-changed-text = { $shop }のアカウントのメールアドレスが変更されました（{ $moment }）。このアドレスは今後使われません。
account-linked-heading = 新しいログイン方法が追加されました
account-linked-text = { $shop }が信頼するプロバイダーで、このメールアドレスを使ったログインがありました（{ $moment }）。今後はこの方法でもアカウントを開けます。アカウントの画面で確認し、解除できます。
account-exported-heading = お客様のデータの準備ができました
account-exported-text = { $shop }が保管しているお客様のデータのファイルができました。アカウントの画面からお受け取りください。
account-erased-heading = アカウントは削除されました
account-erased-text = { $shop }のアカウントと関連するデータの削除を始めました（{ $moment }）。今後ご連絡することはありません。
account-erased-unexpected = お心当たりがない場合は、ショップへご連絡ください。

## To whoever works here

staff-invitation-subject = { $shop }のスタッフへの招待
staff-invitation-heading = 招待が届いています
staff-invitation-text = { $shop }のスタッフとして招待されています。名前とパスワードを設定してください。
staff-invitation-action = 招待を受ける
staff-invitation-unexpected = お心当たりがない場合は、何もする必要はありません。アカウントは作られていません。
staff-reset-subject = { $shop }の新しいパスワード
staff-reset-heading = 新しいパスワード
staff-reset-text = { $shop }のスタッフ用アカウントの新しいパスワードの申し込みがありました（おそらくご本人です）。こちらから設定してください。

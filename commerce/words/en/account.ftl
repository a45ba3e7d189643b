### Mails about accounts: a shopper's, and that of somebody who works here.

## What several of them say

account-link-once = The link opens once, until { $moment }.
account-link-secret = The link opens once, until { $moment }. Please keep it to yourself.
account-choose-password = Choose a new password
account-not-you-unchanged = If it was not you, do nothing: your password stays as it is.
account-not-you-tell = If it was not you, write to the shop at once: somebody may have your password.
account-subject = { $heading } · { $shop }

## Signing up

account-sign-up-heading = Confirm your address
account-sign-up-text = Somebody, probably you, wants an account at { $shop } with this mail address. Confirm that it is yours, with the password that you chose:
account-sign-up-not-you = If it was not you, do nothing: there will be no account.
account-taken-heading = You have an account
account-taken-text = Somebody, probably you, wants an account at { $shop } with this mail address. You have one already: sign in. If you have forgotten your password, choose a new one:
account-taken-not-you = If it was not you, do nothing: your account stays as it is.

## A new password

account-reset-heading = A new password
account-reset-text = Somebody, probably you, asked for a new password for your account at { $shop }.

## Another mail address

account-change-heading = Confirm your new address
account-change-text = An account at { $shop } is to have this mail address. Confirm that it is yours:
account-change-not-you = If it was not you who asked for it, do nothing: the account keeps the address that it has.
account-taken-change-text = Somebody wants to use this mail address for another account at { $shop }. It has one already, and stays with it: nothing has changed.

## Erasure

account-erasure-heading = Erase your account?
account-erasure-text = Somebody, probably you, wants your account at { $shop } to be erased, with everything that belongs to it. This cannot be undone.
account-erasure-action = Erase the account
account-erasure-not-you = If it was not you, change your password: somebody knows it.
account-unused-heading = Your account is about to be erased
account-unused-text = You have not used your account at { $shop } for a long time. It is erased after { $moment }, with everything that belongs to it. To keep it, sign in before that. If you have forgotten your password, choose a new one:
account-unused-note = If you do not need the account any more, do nothing.

## What has happened

account-password-changed-heading = Your password was changed
account-password-changed-text = The password of your account at { $shop } was changed: { $moment }.
account-change-requested-heading = Another mail address is asked for
account-change-requested-text = Somebody asked that your account at { $shop } have another mail address: { $moment }.
account-changed-heading = Your mail address was changed
account-changed-text = Your account at { $shop } has another mail address since { $moment }; this one is not its any more.
account-linked-heading = Another way into your account
account-linked-text = Somebody signed in at a provider that { $shop } trusts, with this mail address: { $moment }. From now on that opens your account, too; your account lists it, and you can take it away there.
account-exported-heading = Your data is ready
account-exported-text = The file with what { $shop } keeps of you is written: fetch it in your account.
account-erased-heading = Your account is erased
account-erased-text = Your account at { $shop } and what belongs to it is being erased since { $moment }. You hear no more of it.
account-erased-unexpected = If you did not expect this, write to the shop.

## To whoever works here

staff-invitation-subject = You are invited to work at { $shop }
staff-invitation-heading = You are invited
staff-invitation-text = You are asked to work at { $shop }. Choose a name and a password:
staff-invitation-action = Accept the invitation
staff-invitation-unexpected = If you do not know what this is about, do nothing: no account was made.
staff-reset-subject = A new password for { $shop }
staff-reset-heading = A new password
staff-reset-text = Somebody, probably you, asked for a new password for your work at { $shop }. Choose it here:

### DRAFT: to be read by a native speaker before it is relied on.

## What several of them say

account-link-once = Le lien ne s’ouvre qu’une fois, jusqu’au { $moment }.
account-link-secret = Le lien ne s’ouvre qu’une fois, jusqu’au { $moment }. Ne le transmettez à personne.
account-choose-password = Choisir un nouveau mot de passe
account-not-you-unchanged = Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.
account-not-you-tell = Si ce n’était pas vous, écrivez aussitôt à la boutique : quelqu’un connaît peut-être votre mot de passe.
account-subject = { $heading } · { $shop }

## Signing up

account-sign-up-heading = Confirmez votre adresse
account-sign-up-text = Quelqu’un, sans doute vous, souhaite un compte chez { $shop } avec cette adresse e-mail. Confirmez qu’elle est à vous avec le mot de passe que vous avez choisi :
account-sign-up-not-you = Si ce n’était pas vous, ne faites rien : aucun compte ne sera créé.
account-taken-heading = Vous avez déjà un compte
account-taken-text = Quelqu’un, sans doute vous, souhaite un compte chez { $shop } avec cette adresse e-mail. Vous en avez déjà un : connectez-vous. Si vous avez oublié votre mot de passe, choisissez-en un nouveau :
account-taken-not-you = Si ce n’était pas vous, ne faites rien : votre compte reste le même.

## A new password

account-reset-heading = Un nouveau mot de passe
account-reset-text = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte chez { $shop }.

## Another mail address

account-change-heading = Confirmez votre nouvelle adresse
account-change-text = Un compte chez { $shop } doit recevoir cette adresse e-mail. Confirmez qu’elle est à vous :
account-change-not-you = Si vous ne l’avez pas demandé, ne faites rien : le compte garde son adresse.
account-taken-change-text = Quelqu’un veut utiliser cette adresse e-mail pour un autre compte chez { $shop }. Elle appartient déjà à un compte et le reste : rien n’a changé.

## Erasure

account-erasure-heading = Supprimer votre compte ?
account-erasure-text = Quelqu’un, sans doute vous, souhaite que votre compte chez { $shop } soit supprimé avec tout ce qui s’y rattache. Cela ne peut pas être annulé.
account-erasure-action = Supprimer le compte
account-erasure-not-you = Si ce n’était pas vous, changez votre mot de passe : quelqu’un le connaît.
account-unused-heading = Votre compte va être supprimé
account-unused-text = Vous n’avez pas utilisé votre compte chez { $shop } depuis longtemps. Il sera supprimé avec tout ce qui s’y rattache après le { $moment }. Pour le garder, connectez-vous avant. Si vous avez oublié votre mot de passe, choisissez-en un nouveau :
account-unused-note = Si vous n’avez plus besoin du compte, ne faites rien.

## What has happened

account-password-changed-heading = Votre mot de passe a été modifié
account-password-changed-text = Le mot de passe de votre compte chez { $shop } a été modifié : { $moment }.
account-change-requested-heading = Un changement d’adresse e-mail est demandé
account-change-requested-text = Quelqu’un a demandé que votre compte chez { $shop } reçoive une autre adresse e-mail : { $moment }.
account-changed-heading = Votre adresse e-mail a été modifiée
account-changed-text = Votre compte chez { $shop } a une autre adresse e-mail depuis le { $moment } ; celle-ci n’est plus la sienne.
account-linked-heading = Un autre accès à votre compte
account-linked-text = Quelqu’un s’est connecté avec cette adresse e-mail chez un fournisseur auquel { $shop } fait confiance : { $moment }. Désormais, cela ouvre aussi votre compte ; vous y trouvez cet accès et pouvez le retirer.
account-exported-heading = Vos données sont prêtes
account-exported-text = Le fichier de ce que { $shop } conserve sur vous est prêt : récupérez-le dans votre compte.
account-erased-heading = Votre compte est supprimé
account-erased-text = Votre compte chez { $shop } et ce qui s’y rattache sont en cours de suppression depuis le { $moment }. Vous n’en entendrez plus parler.
account-erased-unexpected = Si vous ne vous y attendiez pas, écrivez à la boutique.

## To whoever works here

staff-invitation-subject = Vous êtes invité à travailler chez { $shop }
staff-invitation-heading = Vous êtes invité
staff-invitation-text = Vous êtes invité à travailler chez { $shop }. Choisissez un nom et un mot de passe :
staff-invitation-action = Accepter l’invitation
staff-invitation-unexpected = Si vous ne savez pas de quoi il s’agit, ne faites rien : aucun compte n’a été créé.
staff-reset-subject = Un nouveau mot de passe pour { $shop }
staff-reset-heading = Un nouveau mot de passe
staff-reset-text = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre travail chez { $shop }. Choisissez-le ici :

### DRAFT: to be read by a native speaker before it is relied on.

## Any input

empty-field = `{ $field }` ne doit pas être vide.
too-many-characters = { $count ->
    [one] `{ $field }` doit avoir au plus { $count } caractère.
   *[other] `{ $field }` doit avoir au plus { $count } caractères.
}
hidden-characters = `{ $field }` contient un caractère de contrôle ou un caractère qui masque du texte.
not-an-email = `{ $field }` doit être une seule adresse e-mail, comme `ada@example.com`.
quoted-email = `{ $field }` contient des guillemets avant le @, ce que beaucoup de serveurs de messagerie refusent : indiquez une autre adresse.
dotted-email = `{ $field }` a un point au début ou à la fin de ce qui précède le @, ou deux de suite, ce que beaucoup de serveurs de messagerie refusent : indiquez une autre adresse.
not-a-country = `{ $field }` doit être les deux lettres d’un pays selon ISO 3166-1, comme `DE`.
postal-code-empty = `postalCode` ne doit pas être vide.
postal-code-form = `postalCode` doit avoir la forme de `{ $example }` ({ $country }).
phone-form = `{ $field }` doit être un numéro de téléphone, comme `+49 30 123456`.
mobile-form = `{ $field }` doit être un numéro de portable avec l’indicatif de son pays, comme `{ $example }`.
sms-order-over = Il n’y a plus rien à annoncer sur cette commande.
push-subscription = Le navigateur n’a donné aucune adresse à laquelle envoyer des messages. Réessayez, ou avec un autre navigateur.
region-unknown = `region` doit être une région de ce pays ({ $country }) selon la liste de sa poste, comme `{ $example }`.
# What staff keep, within another message. `$what` is English.
noun = { $kind ->
    [discount] remise
    [draft-order] commande préparée
    [line-in-this-draft-order] ligne de cette commande préparée
    [product] produit
    [variant] variante
    [variant-of-this-product] variante de ce produit
    [category] catégorie
    [collection] collection
    [attribute] attribut
    [picture] image
    [picture-of-this-product] image de ce produit
    [upload] téléversement
    [file] fichier
    [download] téléchargement
    [customer] client
    [session] session
    [link] lien
    [identity] compte lié
    [identity-provider] fournisseur de connexion
    [second-factor] second facteur
    [member-of-staff] membre du personnel
    [role] rôle
    [open-invitation] invitation ouverte
    [app] application
    [location] site
    [stock] stock
    [stock-policy] règle de stock
    [transfer] transfert
    [count] inventaire
    [capture] encaissement
    [refund] remboursement
    [mail] e-mail
    [note] note
    [page] page
    [menu] menu
    [redirect] redirection
    [text] texte
    [text-message] SMS
    [shipping-zone] zone de livraison
    [zone] zone
    [shipping-method] mode de livraison
    [method] mode de livraison
    [tax-rate] taux de taxe
    [rate] taux de taxe
    [economic-operator] opérateur économique
    [search-rule] règle de recherche
    [search-settings] réglages de recherche
    [group-of-synonyms] groupe de synonymes
    [setting] réglage
    [flag] option
    [export] export
    [bulk-operation] opération en masse
    [file-of-operations] fichier d’opérations
    [job] tâche
    [finding] constat
    [thing] objet
    [deleted-metafield] métachamp supprimé
    [order] commande
   *[other] { $what }
}
missing = Introuvable : { $noun }.
missing-address = Cette adresse n’existe pas.
missing-cart = Ce panier n’existe pas.
missing-line = Cette ligne n’existe pas dans ce panier.
missing-order = Cette commande n’existe pas.
missing-payment = Ce paiement n’existe pas.
outdated = Modifié entre-temps : { $noun }, désormais en version { $version }. Relisez.
outdated-account = Le compte a changé entre-temps : il est en version { $version }. Relisez-le.
outdated-address = L’adresse a changé entre-temps : elle est en version { $version }. Relisez-la.
outdated-cart = Le panier a changé entre-temps : il est en version { $version }. Relisez-le.
too-often = { $seconds ->
    [one] C’était trop souvent : réessayez dans { $seconds } seconde.
   *[other] C’était trop souvent : réessayez dans { $seconds } secondes.
}
not-offered = La boutique ne propose pas cela pour le moment.
sign-in-to-order = Connectez-vous ou créez un compte pour commander ici.
key-reused = Cette clé d’idempotence a servi à une autre requête. Prenez-en une nouvelle.
request-key-form = Une Idempotency-Key compte de 1 à { $most } caractères ASCII visibles, comme un UUID aléatoire.
request-key-short = Sans connexion, une Idempotency-Key compte au moins { $least } caractères, comme un UUID aléatoire : rien d’autre ne distingue un client d’un autre.

## The cart

cart-empty = Le panier est vide.
cart-completed = Ce panier est devenu une commande et n’accepte plus de modifications. Créez-en un nouveau.
cart-lines-max = Un panier contient au plus { $count } lignes.
cart-quantity-range = La quantité d’une ligne doit être comprise entre { $least } et { $most }.
cart-variant-missing = Cette variante n’est pas en vente.
reorder-nothing = Plus aucun article de cette commande n’est en vente.
cart-sku-missing = Cette référence n’est pas en vente.
cart-claim-sign-in = Connectez-vous d’abord : un panier est repris pour un compte.
cart-attributes-max = Au plus { $count } attributs peuvent être indiqués.
cart-attribute-twice = La clé `{ $key }` figure deux fois.
sold-out = { $title } est épuisé.
only-so-many = { $available ->
    [one] Il ne reste que { $available } exemplaire de { $title }.
   *[other] Il ne reste que { $available } exemplaires de { $title }.
}
order-at-least = Commandez au moins { $minimum } unités de { $title }.
order-at-most = Commandez au plus { $maximum } unités de { $title }.
order-in-steps = { $title } se vend par multiples de { $step }.
on-account-not-offered = L’achat en compte n’est pas possible ici. Choisissez un autre moyen de paiement.
on-account-own-currency = L’achat en compte n’est possible qu’en { $currency }. Choisissez un autre moyen de paiement.
on-account-limit = Avec { $amount } de plus, le plafond de crédit de votre entreprise serait dépassé. Réglez d’abord ce qui est dû ou choisissez un autre moyen de paiement.
no-longer-sold = { $title } n’est plus en vente.
not-sold-there = { $title } n’est pas vendu dans ce pays : { $country }.
price-changed = Le prix de { $title } est désormais de { $current } ; il était de { $seen }.
total-changed = Le total est maintenant de { $total } ; il était de { $agreed }. Regardez de nouveau le panier.
contact-missing = Une adresse e-mail est nécessaire.
address-missing = Une adresse de livraison est nécessaire.
not-shipped-to = Nous ne livrons pas dans ce pays : { $country }.
not-carried = Aucun mode de livraison n’achemine { $title } à cette adresse : retirez-le ou faites-le envoyer ailleurs.
no-method-fits = Aucun mode de livraison n’achemine tout ce panier ensemble, à cause de son poids, de sa valeur ou parce que ses articles ne s’envoient pas ensemble : modifiez son contenu ou passez plusieurs commandes.
not-payable = { $due } ne peuvent pas être payés ici : les paiements se font par multiples de { $step }. Modifiez la quantité ou prévenez la boutique.
method-missing = Il faut choisir un mode de livraison.
address-of-goods-missing = Indiquez l’adresse où vont les articles ; si rien n’est envoyé, celle de facturation suffit.
method-needs-address = Indiquez d’abord l’adresse de livraison : les modes en dépendent.
method-does-not-reach = Ce mode de livraison n’atteint pas l’adresse ou n’achemine pas tout le contenu du panier.
in-stock-already = L’article est en stock : vous pouvez le commander maintenant.
alert-own-address = Vous serez prévenu à votre propre adresse e-mail : laissez `email` de côté.
code-challenge-form = `code_challenge` doit être un SHA-256 en base64url, sans remplissage.
sign-in-code-dead = Ce code a déjà servi ou est trop ancien : reconnectez-vous auprès du fournisseur.
token-is-card-number = `token` est un numéro de carte. N’envoyez jamais de numéro de carte ici : la bibliothèque du prestataire de paiement le reçoit dans le navigateur et donne un jeton.
saved-card-or-token = Indiquez soit `token`, soit `savedPaymentMethodId`.
cards-not-saved = Ce moyen de paiement n’enregistre pas de carte : payez sans enregistrer, ou choisissez-en un autre.
sign-in-to-save-card = Connectez-vous pour enregistrer une carte.
saved-cards-max = Au plus { $count } cartes sont enregistrées. Supprimez-en une d’abord.
missing-saved-card = Cette carte enregistrée n’existe pas.
payment-in-steps = Le prestataire de paiement ne peut pas accepter { $amount } : seulement des multiples de { $step }.
export-address-dead = Cette adresse ne vient pas de la boutique, ou elle a expiré.
order-changed-meanwhile = La commande a changé entre-temps. Relisez-la.
alerts-max = { $count ->
    [one] Cette adresse e-mail attend déjà { $count } article.
   *[other] Cette adresse e-mail attend déjà { $count } articles.
}

## Remises

discount-code-unknown = Le code { $code } n’existe pas.
discount-code-expired = Le code { $code } a expiré.
discount-code-used-up = Le code { $code } est épuisé.
discount-code-used-by-you = Vous avez utilisé le code { $code } autant de fois que possible.
discount-code-elsewhere = Le code { $code } ne vaut pas pour votre pays ou votre devise.
discount-code-other-customers = Le code { $code } est réservé à certains clients : connectez-vous si vous en faites partie.
discount-code-not-first = Le code { $code } vaut pour une première commande.
discount-code-other-goods = Le code { $code } ne vaut pour aucun article du panier.
discount-code-spend-more = Le code { $code } s’applique avec { $amount } de plus.
discount-code-add-units = { $count ->
    [one] Ajoutez { $count } article et le code { $code } s’applique.
   *[other] Ajoutez { $count } articles et le code { $code } s’applique.
}
discount-code-add-gift = { $count ->
    [one] Mettez dans le panier { $count } article que le code { $code } offre.
   *[other] Mettez dans le panier { $count } articles que le code { $code } offre.
}
discount-code-other-destination = Le code { $code } ne vaut pas pour cette destination.
discount-code-other-method = Le code { $code } ne vaut pas pour le mode de livraison choisi.
discount-code-nothing-left = Le code { $code } ne réduit rien ici.
discount-code-outdone = Le code { $code } ne se cumule pas avec les autres remises, qui sont plus avantageuses.
discount-codes-max = Un panier accepte au plus { $count } codes.
discount-near-spend = Encore { $amount } pour : { $title }
discount-near-units = { $count ->
    [one] Encore { $count } article pour : { $title }
   *[other] Encore { $count } articles pour : { $title }
}
discount-near-gift = { $count ->
    [one] Ajoutez-en { $count } pour : { $title }
   *[other] Ajoutez-en { $count } pour : { $title }
}
discount-gone = Une remise n’existe plus. Regardez de nouveau le panier.
discount-used-up-meanwhile = « { $title } » vient d’être épuisé. Regardez de nouveau le panier.
discount-used-by-you-meanwhile = Vous avez utilisé « { $title } » autant de fois que possible. Regardez de nouveau le panier.

## Payment

no-payment-method = Cette boutique n’a pas ce moyen de paiement.
payment-not-configured = Cette boutique ne peut pas encaisser de paiements pour l’instant : son prestataire n’est pas configuré.
payment-earlier-open = On ne sait pas encore si un paiement antérieur de cette commande a échoué.
payment-under-way = Un paiement de cette commande est en cours. Attendez son résultat.

## Accounts

wrong-credentials = L’adresse e-mail et le mot de passe ne correspondent à aucun compte.
wrong-password = Ce n’est pas votre mot de passe.
wrong-sign-up-password = Ce n’est pas le mot de passe choisi avec ce message. Cherchez un message plus récent ou inscrivez-vous de nouveau.
password-not-set = Votre compte n’a pas encore de mot de passe : faites-vous envoyer un lien qui en définit un et revenez avec lui.
language-not-spoken = La boutique ne parle pas cette langue. Elle parle { $languages }.
email-taken = Cette adresse e-mail a déjà un compte. Connectez-vous ou utilisez une autre adresse.
session-ended = Connectez-vous de nouveau : la session est terminée.
nobody-signed-in = Personne n’est connecté.
sign-in-account = Connectez-vous à votre compte.
sign-in-orders = Connectez-vous pour voir vos commandes.
sign-in-notifications = Connectez-vous pour voir vos notifications.
changed-too-often = Cela a été modifié trop souvent. Écrivez à la boutique.
addresses-max = Un carnet contient au plus { $count } adresses. Supprimez-en une d’abord.
password-too-long = Un mot de passe a au plus { $most } caractères.
password-too-short = Un mot de passe a au moins { $least } caractères ; { $least-strong } ou plus suffisent s’il est difficile à deviner.
password-guessed = Ce mot de passe est parmi les premiers que l’on devine : choisissez plusieurs mots sans rapport entre eux.
password-personal = Ce mot de passe est fait de votre adresse e-mail ou de votre nom : choisissez-en un autre.
provider-away = Le fournisseur ne répond pas : réessayez bientôt ou connectez-vous autrement.
provider-did-not-hold = La connexion chez le fournisseur n’était pas valable : recommencez.
provider-other-linked = Un autre compte chez ce fournisseur ouvre le vôtre : connectez-vous autrement et dissociez-le d’abord.
provider-not-let-in = Ce compte ne permet pas de se connecter. Demandez à la boutique.
provider-own-unconfirmed = Votre compte n’a pas confirmé que son adresse e-mail est la vôtre : définissez d’abord un nouveau mot de passe par e-mail.
provider-unconfirmed = Le fournisseur ne confirme pas que l’adresse e-mail est la vôtre : confirmez-la chez lui ou inscrivez-vous ici.
provider-only-key = Rien d’autre n’ouvre votre compte : faites-vous d’abord envoyer un lien vers un mot de passe.
sign-in-not-begun = Cette connexion n’a pas été commencée ici ou l’a été il y a trop longtemps : recommencez.

## Rights

sign-in-as-staff = Connectez-vous en tant que membre du personnel.
app-lacks = La clé de cette application ne le permet pas : il manque { $permission }.
role-lacks-second-factor = Votre rôle ne le permet pas, ou pas avant que vous ayez configuré un second facteur.
role-lacks = Votre rôle ne le permet pas.
beyond-own-rights = C’est plus que ce que vous pouvez faire vous-même : il manque { $permissions }.

## Données conservées et numéros de TVA

erasure-mails-on-their-way = Quelques e-mails sont déjà en route : cherchez l’un d’eux.
erasure-orders-open = Des commandes sont en cours : { $numbers }. Redemandez-le lorsqu’elles seront terminées ou annulées.
export-files-of-today = Il y a déjà quelques fichiers d’aujourd’hui : récupérez l’un d’eux.
vat-number-too-long = Un numéro de TVA compte au plus 14 caractères.
vat-number-country = Un numéro de TVA commence par les deux lettres d’un pays de l’Union européenne (`EL` pour la Grèce, `XI` pour l’Irlande du Nord).
vat-number-mistyped = Ce n’est pas un numéro de TVA de { $country } : après `{ $prefix }` vient { $form } (9 : un chiffre, L : une lettre, X : l’un ou l’autre), dont les derniers contrôlent les autres. Vérifiez la saisie.
vat-number-unconfirmed = Le numéro est bien formé, mais cette boutique ne peut pas le faire confirmer : la taxe est due.
vat-number-unknown = Le registre ne connaît pas ce numéro : la taxe est due. Vérifiez s’il a été mal saisi.
vat-register-away = Le registre des numéros de TVA ne répond pas : la taxe est due. Indiquez à nouveau le numéro un peu plus tard.

## Un achat est à approuver

cart-awaits-approval = Votre entreprise doit approuver ce panier : il pourra changer une fois la réponse donnée ou la demande retirée.
approval-needed = Ce que vous achetez pour votre entreprise doit être approuvé par un responsable : demandez-le.
approval-not-needed = Cela n’a pas besoin d’approbation : vous pouvez commander.
approval-without-card = Ce qui attend une approbation ne peut pas être payé par une carte saisie maintenant : choisissez un autre moyen de paiement.
nobody-approves = Personne dans votre entreprise ne peut approuver cela : écrivez à la boutique.
buys-for-another = La personne qui a demandé cela achète désormais pour quelqu’un d’autre.
request-decided = Cette demande a déjà reçu une réponse.
approves-not-ones-own = Vous avez demandé cela vous-même : un autre responsable doit l’approuver.
purchase-order-of-company = Un numéro de commande interne est pour ceux qui achètent pour une entreprise.

## Ce qu’une commande ne peut pas devenir

order-cannot =
    La commande { $from ->
        [created] vient d’être créée
        [pending] attend son paiement
        [paid] est payée
        [unpaid] n’est pas payée
        [confirmed] est confirmée
        [dispatched] est expédiée
        [completed] est terminée
       *[cancelled] est annulée
    } et ne peut pas être { $what ->
        [pay] payée à nouveau
        [settle] réglée
        [confirm] confirmée
        [dispatch] expédiée
        [complete] terminée
       *[cancel] annulée
    }.

## Commandes préparées par l’équipe

draft-order-over = Cette offre a expiré ou a été retirée. Demandez-nous-en une autre.
draft-order-locked = Nous avons préparé cette commande pour vous : nous seuls pouvons changer ce qu’elle contient et son prix. Écrivez-nous.

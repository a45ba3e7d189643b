### DRAFT: to be read by a native speaker before it is relied on.

gift-card-day = Le jour d’envoi d’une carte cadeau doit s’écrire comme 2027-12-24 et se situer dans l’année à venir.
gift-card-code-form = Ce n'est pas le code d'une carte cadeau : il compte vingt lettres et chiffres, comme { $example }. Vérifiez la saisie.
gift-card-unknown = Il n'existe pas de carte cadeau avec ce code, ou elle n'est plus valable.
gift-card-empty = Il ne reste rien sur cette carte cadeau.
gift-card-expired = Cette carte cadeau a expiré.
gift-card-currency = Cette carte cadeau est en { $card }, le panier en { $cart }.
gift-card-amount-fixed = Le montant de cette carte cadeau ne peut pas être choisi : c’est son prix.
gift-card-amount-currency = Le montant de cette carte cadeau ne peut être choisi qu’en { $currency }.
gift-card-amount-range = Choisissez un montant entre { $least } et { $most }, par pas de { $step }.
gift-cards-max = Un panier peut être payé avec { $count } cartes cadeaux au plus.
gift-card-lower = La carte cadeau qui se termine par { $digits } ne peut plus payer que { $current } ; c'était { $seen }.
store-credit-sign-in = Connectez-vous pour payer avec votre avoir.
store-credit-none = Vous n'avez pas d'avoir en { $currency }.
store-credit-lower = Votre avoir est maintenant de { $current } ; il était de { $seen }.
credit-used-meanwhile = Une carte cadeau ou l'avoir a été utilisé ailleurs entre-temps : regardez de nouveau le panier.

## Le message qui apporte une carte cadeau

mail-gift-card-subject = Une carte cadeau de { $shop } pour vous
mail-gift-card-heading = Une carte cadeau pour vous
mail-gift-card-text = Vous avez reçu une carte cadeau de { $amount } pour { $shop }.
mail-gift-card-text-from = { $sender } vous offre une carte cadeau de { $amount } pour { $shop }.
mail-gift-card-code = Votre code
mail-gift-card-how = Saisissez-le au moment de payer. Le reste demeure sur la carte pour votre prochaine commande.
mail-gift-card-expires = Elle est valable jusqu’au { $date }.
mail-gift-card-keep = Quiconque a le code peut payer avec : gardez ce message comme de l’argent.
mail-gift-card-action = Aller à la boutique
mail-credit-expires-subject = { $amount } chez { $shop } expirent bientôt
mail-credit-expires-heading = Bientôt expiré
mail-credit-expires-card = Il reste { $amount } sur votre carte cadeau qui se termine par { $digits }. Elle est valable jusqu’au { $date }.
mail-credit-expires-own = Vous avez un avoir de { $amount }. Il est valable jusqu’au { $date }.

## De l’argent est rendu en avoir

mail-refunded-card-text = Nous avons remis { $amount } de votre commande { $number } sur la carte cadeau qui se termine par { $digits }.
mail-refunded-credit-text = Nous avons porté { $amount } de votre commande { $number } sur votre avoir.
mail-refunded-credit-next = Vous pouvez payer votre prochaine commande avec dès maintenant.

## Dans les messages sur les commandes

mail-credit = Cartes cadeaux et avoir
mail-due = Reste à payer
mail-cancelled-credit = Ce qui a été payé par carte cadeau ou avoir y est de nouveau disponible.
